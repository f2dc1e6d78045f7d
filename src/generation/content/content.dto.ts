import { ArrayMaxSize, MaxLength } from 'class-validator';
import { BooleanField, NumberField, TextField, TextListField } from '../../core/http/index.js';
import { TargetBody } from '../chat/chat.dto.js';
import { DEFAULT_WORD_COUNT } from './content-prompt.js';

/** What an article is wanted to be, and by which model. */
export class GenerateContentBody extends TargetBody {
  @TextField({
    max: 2_000,
    anyText: true,
    pattern: /\S/,
    patternMessage: 'must not be empty',
    description: 'What to write about, in any language.',
    example: 'Growing tomatoes on a balcony',
  })
  topic!: string;

  @NumberField({ min: 10, max: 20_000, optional: true, default: DEFAULT_WORD_COUNT }) word_count?: number;
  @TextField({ max: 200, optional: true, anyText: true, example: 'friendly' }) tone?: string;

  @TextListField({ optional: true, description: 'At most 20, of at most 100 characters each.' })
  @ArrayMaxSize(20)
  @MaxLength(100, { each: true })
  keywords?: string[];

  @TextField({
    max: 60,
    optional: true,
    anyText: true,
    example: 'fa',
    description: 'Tag or name. Default: the topic’s language.',
  })
  language?: string;

  @BooleanField({ optional: true, default: false, description: 'Answer as server-sent events.' }) stream?: boolean;
}
