import { createHash } from 'node:crypto';
import { invalidField } from '../../core/errors/index.js';
import type { ChatRequest, ChatResult, ChatTool, FinishReason, ToolCall } from '../contract/index.js';
import { articleFor, looksLikeArticle } from './sandbox-article.js';
import { lastSaid, replyTo } from './sandbox-reply.js';
import { sampleOf, type Schema } from './schema-sample.js';
import { CHARACTERS_PER_TOKEN, countMessageTokens, countTokens, freeUsage, textOf } from './token-counter.js';

/** The whole answer of the sandbox to a conversation: the same for the same request. */
export function answerTo(request: ChatRequest): ChatResult {
  const promptTokens =
    countMessageTokens(request.messages) + countTokens(request.tools ? JSON.stringify(request.tools) : '');
  const tool = calledTool(request);
  const calls = tool ? [callOf(tool, request)] : [];
  const callTokens = calls.reduce((sum, { function: call }) => sum + countTokens(call.name + call.arguments), 0);
  if (tool && callTokens <= (request.maxTokens ?? Infinity))
    return {
      text: '',
      reasoning: null,
      toolCalls: calls,
      finishReason: reason('tool_calls'),
      usage: freeUsage(promptTokens, callTokens),
    };
  const { text, finish } = tool ? { text: '', finish: 'length' as const } : limited(writtenText(request), request);
  return {
    text,
    reasoning: null,
    toolCalls: [],
    finishReason: reason(finish),
    usage: freeUsage(promptTokens, tool ? (request.maxTokens ?? 0) : countTokens(text)),
  };
}

function writtenText(request: ChatRequest): string {
  const format = request.responseFormat;
  if (format?.type === 'json_schema') {
    const { schema } = format.json_schema;
    return JSON.stringify(looksLikeArticle(schema) ? articleFor(request.messages, schema) : sampleOf(schema));
  }
  if (format?.type !== 'json_object') return replyTo(request);
  // Without a schema the fields may still be named in words, as for models that only have JSON mode.
  const isArticle = request.messages.some((message) => textOf(message.content).includes('meta_description'));
  if (isArticle) return JSON.stringify(articleFor(request.messages, null));
  return JSON.stringify({ sandbox: true, model: request.model, echo: lastSaid(request.messages).slice(0, 1_000) });
}

/** The tool the caller insists on; on `auto` the sandbox answers in words. */
function calledTool(request: ChatRequest): ChatTool | undefined {
  const choice = request.toolChoice;
  if (choice === undefined || choice === 'none' || choice === 'auto') return undefined;
  const tools = request.tools ?? [];
  const tool = choice === 'required' ? tools[0] : tools.find((one) => one.function.name === choice.function.name);
  if (tool) return tool;
  throw invalidField(
    'tool_choice',
    choice === 'required' ? 'needs at least one entry in tools.' : `tools has no function "${choice.function.name}".`,
  );
}

function callOf(tool: ChatTool, request: ChatRequest): ToolCall {
  const { name, parameters } = tool.function;
  const schema: Schema = parameters ?? { type: 'object', properties: {} };
  const id = createHash('sha256')
    .update(JSON.stringify([name, request.messages]))
    .digest('hex')
    .slice(0, 24);
  return { id: `call_${id}`, type: 'function', function: { name, arguments: JSON.stringify(sampleOf(schema)) } };
}

function limited(text: string, request: ChatRequest): { text: string; finish: FinishReason['unified'] } {
  const stops = (request.stop ?? []).map((stop) => (stop === '' ? -1 : text.indexOf(stop))).filter((at) => at >= 0);
  const stopped = stops.length > 0 ? text.slice(0, Math.min(...stops)) : text;
  if (request.maxTokens === undefined || countTokens(stopped) <= request.maxTokens)
    return { text: stopped, finish: 'stop' };
  const characters = Array.from(stopped).slice(0, request.maxTokens * CHARACTERS_PER_TOKEN);
  return { text: characters.join(''), finish: 'length' };
}

function reason(unified: FinishReason['unified']): FinishReason {
  return { unified, raw: unified };
}
