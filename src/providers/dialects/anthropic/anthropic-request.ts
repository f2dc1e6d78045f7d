import type { ChatRequest, ToolChoice } from '../../contract/index.js';
import { systemText } from '../message-content.js';
import type { WireObject } from '../wire-json.js';
import { toMessages } from './anthropic-messages.js';
import { toOutputSchema } from './anthropic-schema.js';

/**
 * Tokens when the caller sets no bound; the API insists on one. Thinking counts against it, so it leaves room for
 * that; every model listed in 2026 can make four times as many. Only what is used is paid.
 */
export const DEFAULT_MAX_TOKENS = 16_384;

/** Claude's temperature ends at 1. */
const HIGHEST_TEMPERATURE = 1;

const JSON_ONLY = 'Answer with a single JSON object and nothing else.';

/**
 * A chat request as a Messages body.
 *
 * Dropped because there is nothing like it: `seed`, a tool's `strict`, an image's `detail`, blank stop sequences,
 * `topP` beside a temperature (newer models take one of the two), temperatures above 1 (taken as 1). The plain JSON
 * format becomes a sentence in the system prompt. `reasoningEffort` is passed on as effort; `none` switches thinking
 * off, `minimal` means low. Models without effort levels refuse it, in their own words.
 */
export function toAnthropicRequest(request: ChatRequest, stream: boolean): WireObject {
  const { temperature, topP, stop, tools, reasoningEffort } = request;
  const stops = (stop ?? []).filter((sequence) => sequence.trim() !== '');
  const system = toSystem(request);
  const outputConfig = toOutputConfig(request);
  return {
    model: request.model,
    max_tokens: request.maxTokens ?? DEFAULT_MAX_TOKENS,
    messages: toMessages(request.messages),
    ...(system === undefined ? {} : { system }),
    ...(temperature === undefined ? {} : { temperature: Math.min(temperature, HIGHEST_TEMPERATURE) }),
    ...(topP === undefined || temperature !== undefined ? {} : { top_p: topP }),
    ...(stops.length === 0 ? {} : { stop_sequences: stops }),
    ...(tools === undefined || tools.length === 0 ? {} : toTools(tools, request)),
    ...(reasoningEffort === 'none' ? { thinking: { type: 'disabled' } } : {}),
    ...(Object.keys(outputConfig).length === 0 ? {} : { output_config: outputConfig }),
    ...(stream ? { stream: true } : {}),
  };
}

function toSystem(request: ChatRequest): string | undefined {
  const system = systemText(request.messages);
  if (request.responseFormat?.type !== 'json_object') return system;
  return system === undefined ? JSON_ONLY : `${system}\n\n${JSON_ONLY}`;
}

function toOutputConfig({ responseFormat, reasoningEffort }: ChatRequest): WireObject {
  const effort = reasoningEffort === 'minimal' ? 'low' : reasoningEffort;
  return {
    ...(responseFormat?.type === 'json_schema'
      ? { format: { type: 'json_schema', schema: toOutputSchema(responseFormat.json_schema.schema) } }
      : {}),
    ...(effort === undefined || effort === 'none' ? {} : { effort }),
  };
}

function toTools(tools: NonNullable<ChatRequest['tools']>, request: ChatRequest): WireObject {
  const { toolChoice, parallelToolCalls } = request;
  const oneAtATime = parallelToolCalls === false && toolChoice !== 'none' ? { disable_parallel_tool_use: true } : {};
  const choice =
    toolChoice === undefined && parallelToolCalls !== false ? undefined : toToolChoice(toolChoice ?? 'auto');
  return {
    tools: tools.map(({ function: { name, description, parameters } }) => ({
      name,
      ...(description === undefined ? {} : { description }),
      input_schema: { type: 'object', ...parameters },
    })),
    ...(choice === undefined ? {} : { tool_choice: { ...choice, ...oneAtATime } }),
  };
}

function toToolChoice(choice: ToolChoice): WireObject {
  if (choice === 'required') return { type: 'any' };
  if (choice === 'auto' || choice === 'none') return { type: choice };
  return { type: 'tool', name: choice.function.name };
}
