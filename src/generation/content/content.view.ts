import { ApiProperty } from '@nestjs/swagger';
import { toServedView, toTokenUsageView, TokenUsageView, UsedModelView, UsedProviderView } from '../chat/chat.view.js';
import type { ContentAnswer } from './content.service.js';

class ContentWarningView {
  @ApiProperty({ enum: ['word_count_missed', 'keywords_missing'] }) code!: string;
  @ApiProperty() message!: string;
}

/** A finished article, as callers get it. */
export class ContentView {
  @ApiProperty({ maxLength: 60 }) title!: string;
  @ApiProperty({ maxLength: 60 }) meta_title!: string;
  @ApiProperty({ maxLength: 160 }) meta_description!: string;
  @ApiProperty({ description: 'In the script of the title; never empty.' }) slug!: string;
  @ApiProperty({ type: [String] }) keywords!: string[];
  @ApiProperty({ description: 'Markdown.' }) content!: string;
  @ApiProperty({ type: 'integer', description: 'Words of the content, counted.' }) word_count!: number;
  @ApiProperty({ type: [ContentWarningView], description: 'What of the brief the article does not keep.' })
  warnings!: ContentWarningView[];
  @ApiProperty({ type: UsedModelView }) model!: UsedModelView;
  @ApiProperty({ type: UsedProviderView }) provider!: UsedProviderView;
  @ApiProperty({ type: TokenUsageView, description: 'Of all calls behind the article.' }) usage!: TokenUsageView;
  @ApiProperty({ type: String, nullable: true, example: '0.00042' }) cost_usd!: string | null;
  @ApiProperty({ description: 'A declared stand-in answered.' }) served_by_fallback!: boolean;
  @ApiProperty() request_id!: string;
}

export function toContentView(answer: ContentAnswer, requestId: string): ContentView {
  const { article } = answer;
  const { model, provider } = toServedView(answer.target);
  return {
    title: article.title,
    meta_title: article.meta_title,
    meta_description: article.meta_description,
    slug: article.slug,
    keywords: [...article.keywords],
    content: article.content,
    word_count: article.word_count,
    warnings: answer.warnings.map(({ code, message }) => ({ code, message })),
    model,
    provider,
    usage: toTokenUsageView(answer.usage),
    cost_usd: answer.costUsd,
    served_by_fallback: answer.servedByFallback,
    request_id: requestId,
  };
}
