import { BooleanField, NumberField, TextField } from '../../core/http/index.js';
import { TargetBody } from '../chat/chat.dto.js';

/** What pictures are wanted, and by which model. */
export class GenerateImageBody extends TargetBody {
  @TextField({
    max: 32_000,
    anyText: true,
    pattern: /\S/,
    patternMessage: 'must not be empty',
    example: 'A lighthouse at dawn',
  })
  prompt!: string;

  @TextField({
    max: 50,
    optional: true,
    example: '1200x630',
    description: 'WIDTHxHEIGHT in pixels, up to 4096x4096; exactly this size comes back. Default: the model’s own.',
  })
  size?: string;

  @TextField({
    max: 32,
    pattern: /^[A-Za-z0-9_-]+$/,
    patternMessage: 'must be a word of the model, such as low, medium, high or hd',
    optional: true,
    example: 'high',
    description: 'In the model’s own words; models without qualities ignore it.',
  })
  quality?: string;

  @NumberField({ min: 1, max: 10, optional: true, default: 1, description: 'How many pictures.' }) n?: number;

  @BooleanField({ optional: true, default: false, description: 'Keep them; answers addresses instead of base64.' })
  save_to_media?: boolean;
}
