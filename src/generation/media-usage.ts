import { ApiProperty } from '@nestjs/swagger';
import type { TokenUsage } from '../providers/index.js';
import { type MeteredUsage, NO_USAGE } from '../usage/index.js';
import { type Measured, metered } from './tally.js';

const count = (description?: string) =>
  ApiProperty({ type: 'integer', nullable: true, ...(description === undefined ? {} : { description }) });

/** What a picture or a sound used; null where the vendor does not count or it does not apply. */
export class MediaUsageView {
  @count() prompt_tokens!: number | null;
  @count() completion_tokens!: number | null;
  @count() total_tokens!: number | null;
  @count() cached_tokens!: number | null;
  @count() reasoning_tokens!: number | null;
  @count('Pictures made') images!: number | null;
  @count('Characters spoken') characters!: number | null;
}

/** A medium was paid for and made, but could not be kept; it comes back in the answer. */
export class NotSavedView {
  @ApiProperty({ enum: ['not_saved'] }) code!: 'not_saved';
  @ApiProperty() message!: string;
}

export const NOT_SAVED: Readonly<NotSavedView> = {
  code: 'not_saved',
  message: 'The media store cannot be used at the moment: what could not be kept is in the answer as base64.',
};

export function toMediaUsageView(usage: MeteredUsage): MediaUsageView {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    cached_tokens: usage.cachedTokens,
    reasoning_tokens: usage.reasoningTokens,
    images: usage.images,
    characters: usage.characters,
  };
}

/** The vendor's tokens, where it counts them, and the units that we count ourselves. */
export function mediaMeasured(
  tokens: TokenUsage | null,
  units: Partial<Pick<MeteredUsage, 'images' | 'characters'>>,
): Measured {
  return {
    usage: { ...(tokens === null ? NO_USAGE : metered(tokens)), ...units },
    source: tokens === null ? 'counted' : 'provider',
    costUsd: tokens?.costUsd ?? null,
  };
}
