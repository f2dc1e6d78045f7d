import type { ChatRequest, ToolChoice } from '../../contract/index.js';
import { systemText } from '../message-content.js';
import type { WireObject } from '../wire-json.js';
import { toContents } from './gemini-contents.js';
import type { GeminiRequest } from './gemini-wire.js';

/**
 * A chat request in Gemini's words.
 *
 * Dropped because there is nothing like it: `parallelToolCalls`, a tool's `strict`, an image's `detail`. Tool choice
 * without tools is dropped too. `reasoningEffort` becomes a thinking budget for the 2.5 family and a thinking level
 * for later ones, and asks for the thoughts; without it the model's own default holds and thoughts stay unseen.
 */
export function toGeminiRequest(request: ChatRequest): GeminiRequest {
  const system = systemText(request.messages);
  const tools = request.tools ?? [];
  return {
    contents: toContents(request.messages),
    ...(system === undefined ? {} : { systemInstruction: { role: 'system', parts: [{ text: system }] } }),
    ...(tools.length === 0 ? {} : { tools: [{ functionDeclarations: tools.map(toDeclaration) }] }),
    ...(tools.length === 0 || request.toolChoice === undefined ? {} : { toolConfig: toToolConfig(request.toolChoice) }),
    generationConfig: toGenerationConfig(request),
  };
}

function toDeclaration({ function: { name, description, parameters } }: NonNullable<ChatRequest['tools']>[number]) {
  // `parametersJsonSchema` takes JSON Schema as it is; `parameters` is an OpenAPI subset that refuses most of it.
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parametersJsonSchema: parameters }),
  };
}

function toToolConfig(choice: ToolChoice): WireObject {
  if (choice === 'auto') return { functionCallingConfig: { mode: 'AUTO' } };
  if (choice === 'none') return { functionCallingConfig: { mode: 'NONE' } };
  if (choice === 'required') return { functionCallingConfig: { mode: 'ANY' } };
  return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [choice.function.name] } };
}

function toGenerationConfig(request: ChatRequest): WireObject {
  const { temperature, topP, maxTokens, stop, seed, reasoningEffort } = request;
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(stop === undefined || stop.length === 0 ? {} : { stopSequences: stop }),
    ...(seed === undefined ? {} : { seed }),
    ...toResponseFormat(request.responseFormat),
    ...(reasoningEffort === undefined ? {} : { thinkingConfig: toThinking(request.model, reasoningEffort) }),
  };
}

function toResponseFormat(format: ChatRequest['responseFormat']): WireObject {
  if (format === undefined || format.type === 'text') return {};
  if (format.type === 'json_object') return { responseMimeType: 'application/json' };
  const { $schema: _dialect, ...schema } = format.json_schema.schema;
  return { responseMimeType: 'application/json', responseJsonSchema: schema };
}

/** Tokens, as Google's own OpenAI-compatible surface translates the efforts. */
const THINKING_BUDGETS: WireObject = { none: 0, minimal: 1024, low: 1024, medium: 8192 };
const MOST_THINKING = 24_576;

function toThinking(model: string, effort: string): WireObject {
  if (/gemini-2\.5/.test(model)) {
    const thinkingBudget = Object.hasOwn(THINKING_BUDGETS, effort) ? THINKING_BUDGETS[effort] : MOST_THINKING;
    return { thinkingBudget, includeThoughts: thinkingBudget !== 0 };
  }
  // Later models cannot stop thinking altogether, and not all know a level below low.
  if (effort === 'none') return { thinkingLevel: 'low', includeThoughts: false };
  if (effort === 'minimal' || effort === 'low') return { thinkingLevel: 'low', includeThoughts: true };
  return { thinkingLevel: effort === 'medium' ? 'medium' : 'high', includeThoughts: true };
}
