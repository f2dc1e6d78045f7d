import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { BooleanField, ChoiceField, NumberField, TextField } from '../../core/http/index.js';
import type { ChatContentPart, ChatTool, ToolCall, ToolChoice } from '../../providers/index.js';

const MAX_MESSAGE = 1_000_000;
const ROLES = ['user', 'assistant', 'system', 'tool'] as const;

/** Text, or parts in OpenAI's shape. */
const IsContent = () =>
  ValidateBy({
    name: 'isContent',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' ? value.length <= MAX_MESSAGE : value === null || isPartList(value),
      defaultMessage: () => 'must be text, or a list of parts such as {"type": "text", "text": "…"}',
    },
  });

function isPartList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= 100 &&
    value.every(
      (part: unknown) =>
        typeof part === 'object' &&
        part !== null &&
        'type' in part &&
        typeof part.type === 'string' &&
        part.type in part &&
        ['text', 'image_url', 'input_audio', 'file'].includes(part.type),
    )
  );
}

const IsToolChoice = () =>
  ValidateBy({
    name: 'isToolChoice',
    validator: {
      validate: (value: unknown) =>
        value === 'none' ||
        value === 'auto' ||
        value === 'required' ||
        (typeof value === 'object' && value !== null && 'function' in value),
      defaultMessage: () => 'must be none, auto, required or {"type": "function", "function": {"name": "…"}}',
    },
  });

const contentSchema = {
  oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'object', additionalProperties: true } }],
};

export class HistoryMessageBody {
  @ChoiceField(ROLES) role!: (typeof ROLES)[number];

  @ApiProperty({ ...contentSchema, nullable: true, description: 'Text, or parts in OpenAI’s shape.' })
  @IsContent()
  content!: string | ChatContentPart[] | null;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, required: false })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  tool_calls?: ToolCall[];

  @TextField({ max: 200, optional: true, anyText: true, description: 'With role tool: the call that this answers.' })
  tool_call_id?: string;
}

/** Which model: none named means the active selection. */
export class TargetBody {
  @TextField({ max: 100, optional: true, description: 'Slug of a provider. Default: the active selection.' })
  provider?: string;

  @TextField({
    max: 300,
    optional: true,
    anyText: true,
    description: 'A model of that provider. Default: its selection.',
  })
  model_id?: string;
}

export class SendChatBody extends TargetBody {
  @ApiProperty({ ...contentSchema, description: 'The message: text, or parts in OpenAI’s shape (vision).' })
  @IsContent()
  @ValidateBy({
    name: 'isNotEmpty',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) && value.length > 0,
      defaultMessage: () => 'must not be empty',
    },
  })
  message!: string | ChatContentPart[];

  @ApiProperty({ type: [HistoryMessageBody], required: false })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => HistoryMessageBody)
  conversation_history?: HistoryMessageBody[];

  @TextField({ max: 200_000, min: 0, optional: true, anyText: true }) system_message?: string;
  @NumberField({ min: 0, max: 2, fraction: true, optional: true }) temperature?: number;
  @NumberField({ min: 1, max: 1_000_000, optional: true }) max_tokens?: number;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    required: false,
    description: 'Functions in OpenAI’s shape.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(128)
  @IsObject({ each: true })
  tools?: ChatTool[];

  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }] })
  @IsOptional()
  @IsToolChoice()
  tool_choice?: ToolChoice;

  @BooleanField({ optional: true, default: false, description: 'Answer as server-sent events.' }) stream?: boolean;
}
