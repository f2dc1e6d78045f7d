import { ApiProperty, PartialType } from '@nestjs/swagger';

const optional = (options: object) => ApiProperty({ required: false, ...options });

/** Swagger's picture of the body; the rules are those of a provider file entry. */
export class CreateProviderSchema {
  @ApiProperty({ example: 'my-gateway', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }) slug!: string;
  @ApiProperty({ example: 'My gateway' }) name!: string;
  @ApiProperty({ example: 'https://llm.example.com/v1' }) api_base_url!: string;
  @optional({ type: String }) display_name?: string;
  @optional({ type: String, nullable: true }) description?: string | null;
  @optional({ type: String, default: 'openai-compatible' }) strategy?: string;
  @optional({ type: String, nullable: true }) website?: string | null;
  @optional({ type: String, nullable: true }) documentation_url?: string | null;
  @optional({ type: String, nullable: true }) logo_url?: string | null;
  @optional({ type: String, nullable: true, description: 'Environment variable that serves as shared key.' })
  env_key?: string | null;
  @optional({
    type: 'object',
    additionalProperties: true,
    description: 'Per capability: supported, has_dynamic_models, description, models.',
  })
  capabilities?: Record<string, unknown>;
  @optional({
    type: 'object',
    additionalProperties: true,
    description: 'supports_streaming, max_retry, timeout (seconds), catalog_base_url, wire.',
  })
  config?: Record<string, unknown>;
  @optional({ type: 'object', additionalProperties: true, nullable: true })
  pricing_info?: Record<string, unknown> | null;
  @optional({ type: Boolean }) allow_personal_keys?: boolean;
  @optional({ type: Boolean }) allow_shared_for_normal_admins?: boolean;
  @optional({ type: Boolean }) is_active?: boolean;
  @optional({ type: Boolean }) is_recommended?: boolean;
  @optional({ type: 'integer' }) sort_order?: number;
  @optional({ type: String, writeOnly: true, description: 'Stored as the shared key; never answered.' })
  api_key?: string;
}

export class UpdateProviderSchema extends PartialType(CreateProviderSchema) {}
