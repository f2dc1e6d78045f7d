import { ApiProperty } from '@nestjs/swagger';
import { CAPABILITY_NAMES } from '../../providers/index.js';
import type { AccessState } from '../../keys/index.js';

const nullableText = () => ApiProperty({ type: String, nullable: true });
const nullableTime = () => ApiProperty({ type: String, format: 'date-time', nullable: true });

export class CapabilityView {
  @ApiProperty() supported!: boolean;
  @ApiProperty({ description: 'Its models are asked over the provider’s API.' }) has_dynamic_models!: boolean;
  @nullableText() description!: string | null;
}

export class KeySummaryView {
  @ApiProperty() last4!: string;
  @ApiProperty() fingerprint!: string;
  @ApiProperty({ enum: ['unverified', 'valid', 'invalid', 'undecryptable'] }) status!: string;
  @nullableTime() set_at!: string | null;
  @nullableTime() validated_at!: string | null;
  @ApiProperty({ enum: ['stored', 'environment'] }) source!: 'stored' | 'environment';
}

export class CatalogSummaryView {
  @ApiProperty({ type: 'integer' }) model_count!: number;
  @nullableTime() synced_at!: string | null;
  @ApiProperty() stale!: boolean;
  @nullableText() error!: string | null;
}

export class ProviderStatsView {
  @ApiProperty({ type: 'integer' }) total_requests!: number;
  @nullableTime() last_used_at!: string | null;
}

const capabilitySchema = {
  type: 'object',
  properties: Object.fromEntries(
    CAPABILITY_NAMES.map((name) => [name, { $ref: '#/components/schemas/CapabilityView' }]),
  ),
  required: CAPABILITY_NAMES,
} as const;

/** A provider as an admin sees it: the row, the keys, the catalog and the use, in one place. */
export class ProviderView {
  @ApiProperty() slug!: string;
  @ApiProperty() name!: string;
  @ApiProperty() display_name!: string;
  @nullableText() description!: string | null;
  @ApiProperty() strategy!: string;
  @ApiProperty() api_base_url!: string;
  @nullableText() website!: string | null;
  @nullableText() documentation_url!: string | null;
  @nullableText() logo_url!: string | null;
  @ApiProperty(capabilitySchema as never) capabilities!: Record<string, CapabilityView>;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'supports_streaming, max_retry, timeout (seconds), catalog_base_url, wire.',
  })
  config!: Record<string, unknown>;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  pricing_info!: Record<string, unknown> | null;
  @ApiProperty() allow_personal_keys!: boolean;
  @ApiProperty() allow_shared_for_normal_admins!: boolean;
  @ApiProperty() is_active!: boolean;
  @ApiProperty() is_recommended!: boolean;
  @ApiProperty({ type: 'integer' }) sort_order!: number;
  @ApiProperty() has_shared_key!: boolean;
  @ApiProperty({ type: KeySummaryView, nullable: true }) shared_key!: KeySummaryView | null;
  @ApiProperty() has_personal_key!: boolean;
  @ApiProperty({ type: KeySummaryView, nullable: true, description: 'Your own key.' })
  personal_key!: KeySummaryView | null;
  @ApiProperty({ enum: ['available_personal', 'available_shared', 'no_access', 'disabled'] })
  access_state!: AccessState;
  @ApiProperty({ description: 'The access state in a sentence.' }) access_reason!: string;
  @ApiProperty({ type: CatalogSummaryView }) catalog!: CatalogSummaryView;
  @ApiProperty({ type: ProviderStatsView }) stats!: ProviderStatsView;
}

export class SavedProviderView extends ProviderView {
  @ApiProperty({ type: [String], description: 'What the change brought with it, for example dropped keys.' })
  warnings!: string[];
}
