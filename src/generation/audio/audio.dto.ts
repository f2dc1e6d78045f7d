import { BooleanField, ChoiceField, NumberField, TextField } from '../../core/http/index.js';
import type { AudioFormat } from '../../providers/index.js';
import { TargetBody } from '../chat/chat.dto.js';
import { AUDIO_FORMATS } from './audio-format.js';

/** What is to be spoken, and by which model. */
export class GenerateAudioBody extends TargetBody {
  @TextField({
    max: 50_000,
    anyText: true,
    pattern: /\S/,
    patternMessage: 'must not be empty',
    example: 'Good morning.',
  })
  text!: string;

  @TextField({
    max: 100,
    optional: true,
    anyText: true,
    example: 'alloy',
    description: 'A voice of the model. Default: its own.',
  })
  voice?: string;

  @NumberField({ min: 0.25, max: 4, fraction: true, optional: true, default: 1 }) speed?: number;

  @ChoiceField(AUDIO_FORMATS, {
    optional: true,
    description: 'A model that cannot make it answers in what it can; the type that came tells.',
  })
  format?: AudioFormat;

  @BooleanField({ optional: true, default: false, description: 'Keep it; answers an address instead of base64.' })
  save_to_media?: boolean;
}
