import { ApiProperty } from '@nestjs/swagger';
import { CAPABILITY_NAMES, type Capability } from '../../providers/index.js';
import type { CatalogEntry } from './catalog.js';

const price = (unit: string) =>
  ApiProperty({ type: String, nullable: true, description: `USD ${unit}; null when unknown.`, example: '0.25' });

export class PricingView {
  @price('per million tokens') input!: string | null;
  @price('per million tokens') output!: string | null;
  @price('per million tokens') cached_input!: string | null;
  @price('per image') image!: string | null;
  @price('per million characters') characters!: string | null;
  @ApiProperty({ enum: ['USD'] }) currency!: 'USD';
  @ApiProperty({ description: 'Where the figures come from.', example: 'provider' }) source!: string;
}

export class ModalitiesView {
  @ApiProperty({ type: [String], description: 'Empty when nobody says what it reads.' }) input!: string[];
  @ApiProperty({ type: [String] }) output!: string[];
}

export class BrowsedModelView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) description!: string | null;
  @ApiProperty() is_free!: boolean;
  @ApiProperty({ description: 'The chosen model of this provider for the capability.' }) is_selected!: boolean;
  @ApiProperty({ description: 'The model that serves the capability now.' }) is_active!: boolean;
  @ApiProperty({ type: PricingView, nullable: true }) pricing!: PricingView | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Tokens.' }) context_length!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Tokens; null when nobody says.' }) max_output_tokens!:
    number | null;
  @ApiProperty({ type: ModalitiesView, nullable: true }) modalities!: ModalitiesView | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) deprecated_at!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) missing_since!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it joined the list; null for what the provider’s first list held, which is not new.',
  })
  first_seen_at!: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Who says context_length, max_output_tokens, modalities and pricing: the provider, or a price list.',
    example: { context_length: 'provider', pricing: 'genai-prices' },
  })
  sources!: Record<string, string>;
}

export class BrowseModelsView {
  @ApiProperty() provider!: string;
  @ApiProperty() provider_name!: string;
  @ApiProperty({ enum: CAPABILITY_NAMES }) capability!: Capability;
  @ApiProperty({ description: 'False when the provider lacks the capability; the list is empty then.' })
  supported!: boolean;
  @ApiProperty({ type: [BrowsedModelView] }) models!: BrowsedModelView[];
  @ApiProperty({ type: 'integer', description: 'Matches, whatever the page.' }) total!: number;
  @ApiProperty({ type: String, nullable: true }) next_cursor!: string | null;
  @ApiProperty({ type: String, nullable: true }) selected_model!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) synced_at!: string | null;
  @ApiProperty({
    description: 'The list is older than its time to live, there is none yet, or the last refresh failed.',
  })
  stale!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why the last refresh failed.' }) error!: string | null;
}

export function toBrowsedModelView(model: CatalogEntry, isSelected: boolean, isActive: boolean): BrowsedModelView {
  const { pricing, modalities } = model;
  return {
    id: model.id,
    name: model.name,
    description: model.description,
    is_free: model.isFree,
    is_selected: isSelected,
    is_active: isActive,
    pricing: pricing && {
      input: pricing.input,
      output: pricing.output,
      cached_input: pricing.cachedInput,
      image: pricing.image,
      characters: pricing.characters,
      currency: 'USD',
      source: pricing.source,
    },
    context_length: model.contextLength,
    max_output_tokens: model.maxOutputTokens,
    modalities: modalities && { input: [...modalities.input], output: [...modalities.output] },
    deprecated_at: model.deprecatedAt,
    missing_since: model.missingSince,
    first_seen_at: model.firstSeenAt,
    sources: { ...model.sources },
  };
}
