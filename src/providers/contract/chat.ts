import type { FinishReason, TokenUsage } from './usage.js';

/** A part of a message, in OpenAI's shape, the lingua franca of this contract. */
export type ChatContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string; readonly detail?: string } }
  | { readonly type: 'input_audio'; readonly input_audio: { readonly data: string; readonly format: string } }
  | { readonly type: 'file'; readonly file: Readonly<Record<string, unknown>> };

/** A complete tool call, in OpenAI's shape: `arguments` is JSON text. */
export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
  /** Opaque vendor state that has to come back with the call (Gemini's thought signature). */
  readonly extra_content?: Readonly<Record<string, unknown>>;
}

export type ChatMessage =
  | { readonly role: 'system' | 'developer'; readonly content: string | readonly ChatContentPart[] }
  | { readonly role: 'user'; readonly content: string | readonly ChatContentPart[] }
  | {
      readonly role: 'assistant';
      readonly content: string | readonly ChatContentPart[] | null;
      readonly tool_calls?: readonly ToolCall[];
      readonly reasoning_content?: string;
    }
  | { readonly role: 'tool'; readonly content: string | readonly ChatContentPart[]; readonly tool_call_id: string };

export interface ChatTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    /** JSON Schema of the arguments. */
    readonly parameters?: Readonly<Record<string, unknown>>;
    readonly strict?: boolean;
  };
}

export type ToolChoice =
  'none' | 'auto' | 'required' | { readonly type: 'function'; readonly function: { readonly name: string } };

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly schema: Readonly<Record<string, unknown>>;
        readonly strict?: boolean;
      };
    };

/** A way to get JSON out of a model, best first: a schema it must keep, JSON of any shape, a tool's arguments, a wish. */
export const STRUCTURED_MEANS = ['json_schema', 'json_object', 'tool', 'prompt'] as const;

export type StructuredMeans = (typeof STRUCTURED_MEANS)[number];

/** One chat completion. Parameters that are undefined are not sent. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  readonly topP?: number;
  /** Upper bound of completion tokens, reasoning included where the vendor counts it so. */
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly tools?: readonly ChatTool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
  readonly reasoningEffort?: string;
}

export interface ChatResult {
  /** The reply, without reasoning; '' when there is none. */
  readonly text: string;
  readonly reasoning: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  /** Null when the vendor sent none: the caller of the strategy counts. */
  readonly usage: TokenUsage | null;
}

/**
 * An event of a chat stream. A stream is an answer only once `finish` was yielded; a strategy whose upstream ends
 * before it throws `upstream_bad_response`. Exactly one `finish`, always last.
 */
export type ChatEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'tool_call';
      /** Position among the answer's tool calls; pieces of one call share it. */
      readonly index: number;
      /** Present in the first piece of a call. */
      readonly id?: string;
      readonly name?: string;
      /** The next piece of the arguments' JSON text. */
      readonly arguments: string;
      readonly extraContent?: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'finish'; readonly finishReason: FinishReason; readonly usage: TokenUsage | null };
