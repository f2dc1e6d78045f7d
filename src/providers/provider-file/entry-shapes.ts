import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { STRUCTURED_MEANS } from '../contract/index.js';
import { IsBaseUrl, IsEnvKey, IsLink, IsListPath, IsPath, IsSlug, IsText } from './field-rules.js';

/** The fields of a provider entry as it may be written; what is left out or null takes its default. */
export class EntryShape {
  @IsDefined() @IsSlug() slug?: unknown;
  @IsDefined() @IsText(100) name?: unknown;
  @IsOptional() @IsText(100) display_name?: unknown;
  @IsOptional() @IsString() @MaxLength(2000) description?: unknown;
  @IsOptional() @IsSlug() strategy?: unknown;
  @IsDefined() @IsBaseUrl() api_base_url?: unknown;
  @IsOptional() @IsLink() website?: unknown;
  @IsOptional() @IsLink() documentation_url?: unknown;
  @IsOptional() @IsLink() logo_url?: unknown;
  @IsOptional() @IsEnvKey() env_key?: unknown;
  @IsOptional() @IsObject() capabilities?: unknown;
  @IsOptional() @IsObject() config?: unknown;
  @IsOptional() @IsObject() pricing_info?: unknown;
  @IsOptional() @IsBoolean() allow_personal_keys?: unknown;
  @IsOptional() @IsBoolean() allow_shared_for_normal_admins?: unknown;
  @IsOptional() @IsBoolean() is_active?: unknown;
  @IsOptional() @IsBoolean() is_recommended?: unknown;
  @IsOptional() @IsInt() @Min(0) @Max(1_000_000) sort_order?: unknown;
}

/** One capability of an entry. */
export class CapabilityShape {
  @IsDefined() @IsBoolean() supported?: unknown;
  @IsOptional() @IsBoolean() has_dynamic_models?: unknown;
  @IsOptional() @IsString() @MaxLength(500) description?: unknown;
  models?: unknown;
}

/** One model of a static list. */
export class StaticModelShape {
  @IsDefined() @IsText(200) id?: unknown;
  @IsOptional() @IsText(200) name?: unknown;
  @IsOptional() @IsString() @MaxLength(2000) description?: unknown;
  @IsOptional() @IsInt() @Min(1) context_length?: unknown;
  @IsOptional() @IsInt() @Min(1) max_output_tokens?: unknown;
  @IsOptional() @IsBoolean() is_free?: unknown;
}

/** `config` of an entry. Seconds where a time is meant. */
export class ConfigShape {
  @IsOptional() @IsBoolean() supports_streaming?: unknown;
  @IsOptional() @IsInt() @Min(0) @Max(10) max_retry?: unknown;
  @IsOptional() @IsInt() @Min(1) @Max(3600) timeout?: unknown;
  @IsOptional() @IsBaseUrl() catalog_base_url?: unknown;
  @IsOptional() @IsObject() wire?: unknown;
}

/** `config.wire`: the snake_case form of `WireProfile`. */
export class WireShape {
  @IsOptional() @IsObject() auth?: unknown;
  @IsOptional() @IsObject() headers?: unknown;
  @IsOptional() @IsPath() chat_path?: unknown;
  @IsOptional() @IsListPath() models_path?: unknown;
  @IsOptional() @IsString() @MaxLength(100) models_field?: unknown;
  @IsOptional() @IsText(100) model_id_field?: unknown;
  @IsOptional() @IsIn(['usd_per_token', 'usd_per_million_tokens']) price_unit?: unknown;
  @IsOptional() @IsPath() image_path?: unknown;
  @IsOptional() @IsIn(['size', 'width_height', 'aspect_ratio', 'none']) image_size?: unknown;
  @IsOptional() @IsText(50) image_response_format?: unknown;
  @IsOptional() @IsPath() speech_path?: unknown;
  @IsOptional() @IsText(100) speech_voice?: unknown;
  @IsOptional() @IsIn(['max_tokens', 'max_completion_tokens']) max_tokens_field?: unknown;
  @IsOptional() @IsBoolean() stream_options?: unknown;
  @IsOptional() @IsIn([...STRUCTURED_MEANS]) structured_output?: unknown;
}

/** `config.wire.auth`. */
export class AuthShape {
  @IsDefined() @IsIn(['bearer', 'header', 'none']) type?: unknown;
  @IsOptional() @IsString() name?: unknown;
}
