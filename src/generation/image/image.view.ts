import { ApiProperty } from '@nestjs/swagger';
import { toServedView, UsedModelView, UsedProviderView } from '../chat/chat.view.js';
import { MediaUsageView, NOT_SAVED, NotSavedView, toMediaUsageView } from '../media-usage.js';
import type { ProcessedImage } from './image-processing.js';
import type { ImageAnswer, SavedImage } from './image.service.js';

class ImageView {
  @ApiProperty({ type: String, nullable: true, description: 'Null for a picture that was kept.' }) b64_json!:
    string | null;
  @ApiProperty({ example: 'image/png', description: 'By the picture’s bytes.' }) mime!: string;
  @ApiProperty({ type: 'integer' }) width!: number;
  @ApiProperty({ type: 'integer' }) height!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Signed, for a day; null when it was not kept.' })
  url!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'For GET /media/:id; with save_to_media.' })
  media_id!: string | null;
}

/** The pictures that were made, as callers get them. */
export class ImagesView {
  @ApiProperty({ type: [ImageView] }) images!: ImageView[];
  @ApiProperty({ type: UsedModelView }) model!: UsedModelView;
  @ApiProperty({ type: UsedProviderView }) provider!: UsedProviderView;
  @ApiProperty({ type: MediaUsageView }) usage!: MediaUsageView;
  @ApiProperty({ type: String, nullable: true, example: '0.04' }) cost_usd!: string | null;
  @ApiProperty({ description: 'A declared stand-in answered.' }) served_by_fallback!: boolean;
  @ApiProperty({ type: [NotSavedView], description: 'A picture that could not be kept comes as base64.' })
  warnings!: NotSavedView[];
  @ApiProperty() request_id!: string;
}

/**
 * @param images those of the answer, kept or not
 * @param isSaving whether they were to be kept
 */
export function toImagesView(
  answer: ImageAnswer,
  images: readonly (ProcessedImage | SavedImage)[],
  isSaving: boolean,
  requestId: string,
): ImagesView {
  const { model, provider } = toServedView(answer.target);
  return {
    images: images.map(toImageView),
    model,
    provider,
    usage: toMediaUsageView(answer.usage),
    cost_usd: answer.costUsd,
    served_by_fallback: answer.servedByFallback,
    warnings: isSaving && images.some((image) => !('mediaId' in image)) ? [NOT_SAVED] : [],
    request_id: requestId,
  };
}

function toImageView(image: ProcessedImage | SavedImage): ImageView {
  const { bytes, mime, width, height } = image;
  const saved = 'mediaId' in image ? image : null;
  return {
    b64_json: saved === null ? bytes.toString('base64') : null,
    mime,
    width,
    height,
    url: saved?.url ?? null,
    media_id: saved?.mediaId ?? null,
  };
}
