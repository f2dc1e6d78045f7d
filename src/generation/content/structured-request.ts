import { SwitchboardError } from '../../core/errors/index.js';
import {
  type ChatMessage,
  type ChatResult,
  type ProviderRecord,
  STRUCTURED_MEANS,
  type StructuredMeans,
} from '../../providers/index.js';
import type { ChatInput } from '../chat/chat-input.js';
import { CONTENT_RESPONSE_FORMAT, CONTENT_SCHEMA } from './content-schema.js';

const TOOL = 'write_article';

/** The ways to structured output at a provider, best first: its row's, else its strategy's. Never empty. */
export function ladderOf({ strategy, profile }: Pick<ProviderRecord, 'strategy' | 'profile'>): StructuredMeans[] {
  const declared = strategy?.structuredMeans ?? STRUCTURED_MEANS;
  const best = profile.config.wire.structuredOutput;
  const ladder = best === null ? declared : STRUCTURED_MEANS.slice(STRUCTURED_MEANS.indexOf(best));
  return ladder.length > 0 ? [...ladder] : ['prompt'];
}

/** The chat that asks for a draft by these means. */
export function structuredRequest(means: StructuredMeans, messages: readonly ChatMessage[]): ChatInput {
  switch (means) {
    case 'json_schema':
      return { messages, responseFormat: CONTENT_RESPONSE_FORMAT };
    case 'json_object':
      return { messages, responseFormat: { type: 'json_object' } };
    case 'tool':
      return {
        messages,
        tools: [
          {
            type: 'function',
            function: { name: TOOL, description: 'Hands the finished article over.', parameters: CONTENT_SCHEMA },
          },
        ],
        toolChoice: { type: 'function', function: { name: TOOL } },
      };
    case 'prompt':
      return { messages };
  }
}

/** What a model wrote: the arguments of its tool call, else its text. */
export function writtenIn({ text, toolCalls }: Pick<ChatResult, 'text' | 'toolCalls'>): string {
  return toolCalls.find((call) => call.function.name === TOOL)?.function.arguments ?? text;
}

const COMPLAINT =
  /response.?(?:format|schema|mime|json.?schema)|json.?(?:schema|object|mode)|structured.?output|output.?(?:config|format)|tool.?(?:choice|use|call)|function.?call|\btools?\b/i;

/** Whether a refusal is about the means, so that the same request by weaker means may be taken. It cost nothing. */
export function refusesMeans(error: unknown): boolean {
  return error instanceof SwitchboardError && error.code === 'upstream_rejected' && COMPLAINT.test(error.message);
}
