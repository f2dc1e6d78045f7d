import type { ChatContentPart, ChatMessage, ChatRequest, ChatTool, ResponseFormat } from '../../contract/index.js';
import { invalidField } from '../../../core/errors/index.js';
import { type MessageContent, partsOf, textOnly } from '../message-content.js';
import type { WireObject } from '../wire-json.js';

/**
 * A chat request as a v2 chat body.
 *
 * Dropped because there is nothing like it: `parallelToolCalls`, a forced choice among no tools, efforts of reasoning
 * other than `none` (which switches thinking off). A choice of one tool becomes "a tool is required" with only that
 * tool on offer.
 */
export function toCohereRequest(request: ChatRequest, stream: boolean): WireObject {
  const { temperature, topP, maxTokens, stop, seed, responseFormat, reasoningEffort } = request;
  return {
    model: request.model,
    stream,
    messages: request.messages.map((message, index) => toMessage(message, `messages[${index}]`)),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { p: topP }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop_sequences: stop }),
    ...(seed === undefined ? {} : { seed }),
    ...toTools(request),
    ...(responseFormat === undefined ? {} : { response_format: toResponseFormat(responseFormat) }),
    ...(reasoningEffort === 'none' ? { thinking: { type: 'disabled' } } : {}),
  };
}

function toMessage(message: ChatMessage, field: string): WireObject {
  const contentField = `${field}.content`;
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOnly(message.content, contentField) };
    case 'user':
      return { role: 'user', content: toContent(message.content, contentField) };
    case 'tool':
      return { role: 'tool', tool_call_id: message.tool_call_id, content: textOnly(message.content, contentField) };
    case 'assistant': {
      const text = textOnly(message.content, contentField);
      const calls = (message.tool_calls ?? []).map(({ id, type, function: called }) => ({
        id,
        type,
        function: called,
      }));
      return {
        role: 'assistant',
        ...(text === '' && calls.length > 0 ? {} : { content: text }),
        ...(calls.length === 0 ? {} : { tool_calls: calls }),
      };
    }
  }
}

function toContent(content: MessageContent, field: string): string | WireObject[] {
  const parts = partsOf(content);
  if (parts.every((part) => part.type === 'text')) return textOnly(content, field);
  return parts.map((part, index) => toPart(part, `${field}[${index}]`));
}

/** http(s) addresses of pictures are fetched by Cohere, not by us. */
function toPart(part: ChatContentPart, field: string): WireObject {
  if (part.type === 'text' || part.type === 'image_url') return { ...part };
  throw invalidField(field, `Cohere takes text and images, not ${part.type}.`);
}

function toTools({ tools = [], toolChoice }: ChatRequest): WireObject {
  if (tools.length === 0) return {};
  const only = typeof toolChoice === 'object' ? toolChoice.function.name : undefined;
  const offered = only === undefined ? tools : tools.filter((tool) => tool.function.name === only);
  if (offered.length === 0) throw invalidField('tool_choice', `names "${only}", which is not among the tools.`);
  return {
    tools: offered.map(toTool),
    ...(toolChoice === 'none' ? { tool_choice: 'NONE' } : {}),
    ...(toolChoice === 'required' || only !== undefined ? { tool_choice: 'REQUIRED' } : {}),
    ...(offered.some((tool) => tool.function.strict === true) ? { strict_tools: true } : {}),
  };
}

function toTool({ function: { name, description, parameters } }: ChatTool): WireObject {
  const described = description === undefined ? {} : { description };
  return {
    type: 'function',
    function: { name, ...described, parameters: parameters ?? { type: 'object', properties: {} } },
  };
}

/** The schema stands bare in `json_schema`, without OpenAI's name and wrapper. */
function toResponseFormat(format: ResponseFormat): WireObject {
  if (format.type !== 'json_schema') return { type: format.type };
  const { $schema: _dialect, ...schema } = format.json_schema.schema;
  return { type: 'json_object', json_schema: schema };
}
