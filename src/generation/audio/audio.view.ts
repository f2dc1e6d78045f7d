import { ApiProperty } from '@nestjs/swagger';
import { toServedView, UsedModelView, UsedProviderView } from '../chat/chat.view.js';
import { MediaUsageView, NOT_SAVED, NotSavedView, toMediaUsageView } from '../media-usage.js';
import type { WholeSound } from './audio-keeper.js';
import type { SpeechAnswer } from './audio.service.js';

class SoundView {
  @ApiProperty({ type: String, nullable: true, description: 'Base64; null for a sound that was kept.' }) b64!:
    string | null;
  @ApiProperty({ example: 'audio/mpeg', description: 'By the sound’s bytes.' }) mime!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'Null where it cannot be told without decoding.' })
  duration_seconds!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Signed, for a day; null when it was not kept.' })
  url!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'For GET /media/:id; with save_to_media.' })
  media_id!: string | null;
}

/** The sound that was made, as callers get it who want JSON. */
export class AudioView {
  @ApiProperty({ type: SoundView }) audio!: SoundView;
  @ApiProperty({ type: UsedModelView }) model!: UsedModelView;
  @ApiProperty({ type: UsedProviderView }) provider!: UsedProviderView;
  @ApiProperty({ type: MediaUsageView }) usage!: MediaUsageView;
  @ApiProperty({ type: String, nullable: true, example: '0.0006' }) cost_usd!: string | null;
  @ApiProperty({ description: 'A declared stand-in answered.' }) served_by_fallback!: boolean;
  @ApiProperty({ type: [NotSavedView], description: 'A sound that could not be kept comes as base64.' })
  warnings!: NotSavedView[];
  @ApiProperty() request_id!: string;
}

export function toAudioView(
  answer: SpeechAnswer,
  sound: WholeSound,
  isSaving: boolean,
  costUsd: string | null,
  requestId: string,
): AudioView {
  const { model, provider } = toServedView(answer.target);
  return {
    audio: {
      b64: sound.saved === null ? sound.bytes.toString('base64') : null,
      mime: sound.mime,
      duration_seconds: sound.duration,
      url: sound.saved?.url ?? null,
      media_id: sound.saved?.mediaId ?? null,
    },
    model,
    provider,
    usage: toMediaUsageView(answer.usage),
    cost_usd: costUsd,
    served_by_fallback: answer.servedByFallback,
    warnings: isSaving && sound.saved === null ? [NOT_SAVED] : [],
    request_id: requestId,
  };
}
