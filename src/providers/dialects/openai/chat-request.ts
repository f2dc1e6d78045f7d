import type { ChatContentPart, ChatMessage, ChatRequest, ProviderCall } from '../../contract/index.js';

export interface ChatBodyOptions {
  /** The role `developer` is OpenAI's own; elsewhere it becomes `system`. @default false */
  readonly developerRole?: boolean;
  /** Under which name an assistant's earlier reasoning goes back; most vendors refuse the field. @default null */
  readonly reasoningField?: 'reasoning_content' | 'reasoning' | null;
  /** Whether opaque `extra_content` of tool calls goes back. @default false */
  readonly extraContent?: boolean;
  /** Sends a content of text parts only as one string, for vendors whose models take nothing else. @default false */
  readonly plainText?: boolean;
}

/** The JSON of `POST /chat/completions`. What the request leaves undefined is not sent. */
export function chatBody(
  call: ProviderCall,
  request: ChatRequest,
  stream: boolean,
  options: ChatBodyOptions = {},
): Record<string, unknown> {
  const { wire } = call.provider.config;
  const body: Record<string, unknown> = {
    model: request.model,
    messages: request.messages.map((message) => messageBody(message, options)),
    temperature: request.temperature,
    top_p: request.topP,
    [wire.maxTokensField]: request.maxTokens,
    stop: request.stop,
    seed: request.seed,
    tools: request.tools,
    tool_choice: request.toolChoice,
    parallel_tool_calls: request.parallelToolCalls,
    response_format: request.responseFormat,
    reasoning_effort: request.reasoningEffort,
    ...(stream ? { stream: true } : {}),
    ...(stream && wire.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

function messageBody(message: ChatMessage, options: ChatBodyOptions): Record<string, unknown> {
  const content = options.plainText === true ? plainText(message.content) : message.content;
  switch (message.role) {
    case 'developer':
      return { ...message, content, role: options.developerRole === true ? 'developer' : 'system' };
    case 'assistant':
      return { role: 'assistant', content, ...assistantFields(message, options) };
    default:
      return { ...message, content };
  }
}

function assistantFields(
  { reasoning_content: reasoning, tool_calls: calls = [] }: Extract<ChatMessage, { role: 'assistant' }>,
  { reasoningField = null, extraContent = false }: ChatBodyOptions,
): Record<string, unknown> {
  const sent = extraContent ? calls : calls.map(({ extra_content: _, ...call }) => call);
  return {
    ...(reasoningField === null || reasoning === undefined ? {} : { [reasoningField]: reasoning }),
    ...(sent.length === 0 ? {} : { tool_calls: sent }),
  };
}

function plainText(content: ChatMessage['content']): ChatMessage['content'] {
  if (!Array.isArray(content)) return content;
  const parts = content as readonly ChatContentPart[];
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : content;
}
