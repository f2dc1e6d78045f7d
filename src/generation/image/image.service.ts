import { Injectable, Logger } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { MediaService } from '../../media/index.js';
import type { ImageRequest, ImageResult, ProviderCall, ProviderStrategy } from '../../providers/index.js';
import type { MeteredUsage } from '../../usage/index.js';
import { Attempts } from '../attempts.js';
import { pictureTokensOf } from '../asked-effort.js';
import { openCallSignal } from '../call-signal.js';
import type { GenerationContext } from '../generation-context.js';
import { type GenerationTarget, TargetResolver } from '../generation-target.js';
import { mediaMeasured } from '../media-usage.js';
import { Meter } from '../meter.js';
import { type ImageFormat, processImage, type ProcessedImage } from './image-processing.js';
import type { ImageSize } from './image-size.js';

/** What pictures are wanted. */
export interface ImageInput {
  readonly prompt: string;
  /** Exactly this many pixels; made at the nearest size the model has, then resized. @default the model's own */
  readonly size?: ImageSize;
  readonly quality?: string;
  /** @default 1 */
  readonly count?: number;
  /** @default the vendor's */
  readonly format?: ImageFormat;
}

/** Pictures with who made them and what they cost. */
export interface ImageAnswer {
  readonly images: readonly ProcessedImage[];
  readonly usage: MeteredUsage;
  readonly target: GenerationTarget;
  readonly servedByFallback: boolean;
  /** Decimal string in USD; null when unknown. */
  readonly costUsd: string | null;
}

/** A picture that was kept. */
export interface SavedImage extends ProcessedImage {
  readonly mediaId: string;
  /** Signed, for a day. */
  readonly url: string;
}

/** Pictures through whatever model makes them. */
@Injectable()
export class ImageService {
  private readonly logger = new Logger(ImageService.name);

  constructor(
    private readonly targets: TargetResolver,
    private readonly attempts: Attempts,
    private readonly meter: Meter,
    private readonly media: MediaService,
  ) {}

  /**
   * Never asks twice: every request is paid. Pictures beyond the wanted number are left out.
   * @throws SwitchboardError; `upstream_bad_response` for what is no picture
   */
  async generate(input: ImageInput, context: GenerationContext): Promise<ImageAnswer> {
    const count = input.count ?? 1;
    const best = pictureTokensOf(input.quality, count);
    const expected = { images: count, ...(best === undefined ? {} : { leastCompletionTokens: best }) };
    const tally = this.meter.open('image', context, false);
    const signal = openCallSignal(context.signal);
    let target: GenerationTarget | null = null;
    let measured: ReturnType<typeof mediaMeasured> | undefined;
    try {
      target = await this.targets.resolve('image', context.target, context.admin);
      const attempted = await this.attempts.run(
        target,
        this.targets.standIns(target, context),
        {
          signal: signal.signal,
          isRepeatable: false,
          admit: (wanted) => tally.reserve(wanted, expected),
        },
        (call, { provider, modelId }) => imageOf(provider.strategy)(call, requestOf(input, modelId, count)),
      );
      target = attempted.target;
      const { images, usage } = attempted.result;
      measured = mediaMeasured(usage, { images: images.length });
      const processed: ProcessedImage[] = [];
      // One after another: a decoded picture is large.
      for (const { bytes } of images.slice(0, count)) processed.push(await processImage(bytes, wishOf(input)));
      const costUsd = await tally.settle(target, measured);
      return { images: processed, usage: measured.usage, target, servedByFallback: attempted.isFallback, costUsd };
    } catch (thrown) {
      const error = signal.explain(thrown);
      await tally.fail(target, error, measured);
      throw error;
    } finally {
      signal.close();
    }
  }

  /** Keeps a picture for its owner. A picture that was paid is not lost with a full disk: then it comes back as it is. */
  async save(image: ProcessedImage, owner: string): Promise<ProcessedImage | SavedImage> {
    try {
      const { id } = await this.media.save({ owner, kind: 'image', bytes: image.bytes });
      return { ...image, mediaId: id, url: this.media.signedUrl(id) };
    } catch (error) {
      this.logger.error(`A picture could not be kept: ${String(error)}`);
      return image;
    }
  }
}

function requestOf({ prompt, size, quality }: ImageInput, model: string, count: number): ImageRequest {
  return {
    model,
    prompt,
    count,
    ...(size === undefined ? {} : { width: size.width, height: size.height }),
    ...(quality === undefined ? {} : { quality }),
  };
}

function wishOf({ size, format }: ImageInput) {
  return { ...(size === undefined ? {} : { size }), ...(format === undefined ? {} : { format }) };
}

function imageOf(
  strategy: ProviderStrategy | undefined,
): (call: ProviderCall, r: ImageRequest) => Promise<ImageResult> {
  const image = strategy?.image?.bind(strategy);
  if (image === undefined) throw new SwitchboardError('operation_not_supported', 'This provider makes no pictures.');
  return image;
}
