import { problemFrom } from './problem';
import { request, send } from './request';
import { readEvents } from './server-sent-events';
import type { GenerationFacts } from './types';

export interface ChatTurn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** What every generation may name; without it the active selection serves. */
export interface Target {
  readonly provider?: string;
  readonly model_id?: string;
}

export interface ChatBody extends Target {
  readonly message: string;
  readonly conversation_history?: readonly ChatTurn[];
  readonly system_message?: string;
  readonly temperature?: number;
  readonly max_tokens?: number;
}

export interface ChatAnswer extends GenerationFacts {
  readonly reply: string;
  readonly reasoning: string | null;
  readonly finish_reason: string;
  readonly served_by_fallback: boolean;
}

export interface ChatStreamHandlers {
  readonly onText: (text: string) => void;
  readonly onReasoning: (text: string) => void;
}

/** Streams one answer; resolves with the final facts. Throws `Problem` for an error event or an early end. */
export async function streamChat(
  body: ChatBody,
  handlers: ChatStreamHandlers,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const response = await send('POST', 'api/admin/ai/chat/send', {
    body: { ...body, stream: true },
    accept: 'text/event-stream',
    signal,
  });
  for await (const event of readEvents(response)) {
    const data = JSON.parse(event.data) as Record<string, unknown>;
    if (event.name === 'delta') handlers.onText(String(data['text'] ?? ''));
    else if (event.name === 'reasoning') handlers.onReasoning(String(data['text'] ?? ''));
    else if (event.name === 'done') return data as unknown as ChatAnswer;
    else if (event.name === 'error') throw problemFrom(Number(data['status'] ?? 502), data);
  }
  throw problemFrom(502, { code: 'stream_ended_early', title: 'Stream ended early', detail: '' });
}

export interface ContentBody extends Target {
  readonly topic: string;
  readonly word_count?: number;
  readonly tone?: string;
  readonly keywords?: readonly string[];
  readonly language?: string;
}

export interface ContentAnswer extends GenerationFacts {
  readonly title: string;
  readonly meta_title: string;
  readonly meta_description: string;
  readonly slug: string;
  readonly keywords: readonly string[];
  readonly content: string;
  readonly word_count: number;
}

export interface ImageBody extends Target {
  readonly prompt: string;
  readonly size?: string;
  readonly n?: number;
  readonly save_to_media?: boolean;
}

export interface GeneratedImage {
  readonly b64_json: string | null;
  readonly mime: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly url: string | null;
  readonly media_id: string | null;
}

export interface ImageAnswer extends GenerationFacts {
  readonly images: readonly GeneratedImage[];
}

export interface AudioBody extends Target {
  readonly text: string;
  readonly voice?: string;
  readonly speed?: number;
  readonly format?: string;
  readonly save_to_media?: boolean;
}

export interface AudioAnswer extends GenerationFacts {
  readonly audio: {
    readonly b64: string | null;
    readonly mime: string;
    readonly duration_seconds: number | null;
    readonly url: string | null;
    readonly media_id: string | null;
  };
}

export const generateContent = (body: ContentBody, signal: AbortSignal) =>
  request<ContentAnswer>('POST', 'api/admin/ai/content/generate', { body, signal });
export const generateImage = (body: ImageBody, signal: AbortSignal) =>
  request<ImageAnswer>('POST', 'api/admin/ai/image/generate', { body, signal });
export const generateAudio = (body: AudioBody, signal: AbortSignal) =>
  request<AudioAnswer>('POST', 'api/admin/ai/audio/generate', { body, signal });
