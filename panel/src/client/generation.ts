import {
  audioGenerate,
  type AudioView,
  type ChatAnswerView,
  contentGenerate,
  type ContentView,
  type GenerateAudioBody,
  type GenerateContentBody,
  type GenerateImageBody,
  imageGenerate,
  type ImagesView,
  type ImageView,
  type SendChatBody,
} from '../api';
import { problemFrom } from './problem';
import { readEvents } from './server-sent-events';
import { addressOf, panelFetch } from './transport';

/** What every generation may name; without it the active selection serves. */
export interface Target {
  readonly provider?: string;
  readonly model_id?: string;
}

export type ChatBody = SendChatBody;
export type ChatAnswer = ChatAnswerView;
export type ContentBody = GenerateContentBody;
export type ContentAnswer = ContentView;
export type ImageBody = GenerateImageBody;
export type ImageAnswer = ImagesView;
export type GeneratedImage = ImageView;
export type AudioBody = GenerateAudioBody;
export type AudioAnswer = AudioView;

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
  const response = await panelFetch(addressOf('api/admin/ai/chat/send'), {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, stream: true }),
    credentials: 'same-origin',
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

export const generateContent = (body: ContentBody, signal: AbortSignal) => contentGenerate({ body, signal });
export const generateImage = (body: ImageBody, signal: AbortSignal) => imageGenerate({ body, signal });
export const generateAudio = (body: AudioBody, signal: AbortSignal) => audioGenerate({ body, signal });
