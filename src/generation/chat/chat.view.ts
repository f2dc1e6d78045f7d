import { ApiProperty } from '@nestjs/swagger';
import type { TokenUsage, ToolCall } from '../../providers/index.js';
import type { GenerationTarget } from '../generation-target.js';
import type { ChatAnswer } from './chat.service.js';

export class TokenUsageView {
  @ApiProperty({ type: 'integer', description: 'Cached tokens included.' }) prompt_tokens!: number;
  @ApiProperty({ type: 'integer', description: 'Reasoning included.' }) completion_tokens!: number;
  @ApiProperty({ type: 'integer' }) total_tokens!: number;
  @ApiProperty({ type: 'integer', nullable: true }) cached_tokens!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) reasoning_tokens!: number | null;
}

export class UsedModelView {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

export class UsedProviderView {
  @ApiProperty() slug!: string;
  @ApiProperty() name!: string;
}

class FunctionCallView {
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'JSON text.' }) arguments!: string;
}

class ToolCallView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: ['function'] }) type!: 'function';
  @ApiProperty({ type: FunctionCallView }) function!: FunctionCallView;
}

export class ChatAnswerView {
  @ApiProperty({ description: 'The message that was sent.' }) message!: string;
  @ApiProperty({ description: 'The answer; empty when the model only called tools or was blocked.' }) reply!: string;
  @ApiProperty({ type: String, nullable: true, description: 'What the model thought, where it tells.' })
  reasoning!: string | null;
  @ApiProperty({ type: [ToolCallView] }) tool_calls!: ToolCall[];
  @ApiProperty({ type: UsedModelView }) model!: UsedModelView;
  @ApiProperty({ type: UsedProviderView }) provider!: UsedProviderView;
  @ApiProperty({ enum: ['stop', 'length', 'tool_calls', 'content_filter'] }) finish_reason!: string;
  @ApiProperty({ type: TokenUsageView }) usage!: TokenUsageView;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '0.00042',
    description: 'USD; null when the price is unknown.',
  })
  cost_usd!: string | null;
  @ApiProperty({ description: 'A declared stand-in answered.' }) served_by_fallback!: boolean;
  @ApiProperty() request_id!: string;
}

export function toTokenUsageView(usage: TokenUsage): TokenUsageView {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    cached_tokens: usage.cachedTokens,
    reasoning_tokens: usage.reasoningTokens,
  };
}

/** Which model and provider answered. */
export function toServedView({ provider, modelId, modelName }: GenerationTarget): {
  model: UsedModelView;
  provider: UsedProviderView;
} {
  return { model: { id: modelId, name: modelName }, provider: { slug: provider.slug, name: provider.displayName } };
}

export function toChatAnswerView(message: string, answer: ChatAnswer, requestId: string): ChatAnswerView {
  const { model, provider } = toServedView(answer.target);
  return {
    message,
    reply: answer.text,
    reasoning: answer.reasoning,
    tool_calls: [...answer.toolCalls],
    model,
    provider,
    finish_reason: answer.finishReason.unified,
    usage: toTokenUsageView(answer.usage),
    cost_usd: answer.costUsd,
    served_by_fallback: answer.servedByFallback,
    request_id: requestId,
  };
}
