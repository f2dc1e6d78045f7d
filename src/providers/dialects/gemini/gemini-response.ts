import { createHash } from 'node:crypto';
import type { ChatResult, FinishReason, TokenUsage, ToolCall } from '../../contract/index.js';
import type { InlineData } from '../message-content.js';
import { countOf, jsonText, objectOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';
import { mintedId } from './gemini-contents.js';

/** One thing a chunk of an answer says. */
export type GeminiPiece =
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  | { readonly type: 'tool_call'; readonly call: ToolCall }
  | { readonly type: 'media'; readonly media: InlineData };

export interface GeminiFinish {
  /** The vendor's word: a finish reason, or the reason why the prompt was blocked. */
  readonly raw: string;
  readonly promptBlocked: boolean;
}

/** A whole answer, or one chunk of a streamed one. */
export interface GeminiAnswer {
  readonly pieces: readonly GeminiPiece[];
  /** Why it stopped; undefined while the answer goes on. */
  readonly finish: GeminiFinish | undefined;
  readonly usage: TokenUsage | null;
  /** False for a body that has neither a candidate nor a reason why there is none: some chunks bring usage only. */
  readonly hasCandidate: boolean;
}

/**
 * Reads an answer or a chunk. The parts are joined here and not by the SDK, whose joined text holds the thoughts too.
 * `callsBefore` is how many tool calls earlier chunks held: ids that we have to make depend on it.
 */
export function readGeminiAnswer(body: WireObject, callsBefore = 0): GeminiAnswer {
  const candidate = objectsOf(body.candidates)[0];
  const blockReason = stringOf(objectOf(body.promptFeedback).blockReason);
  const finishReason = stringOf(candidate?.finishReason);
  const pieces: GeminiPiece[] = [];
  let calls = callsBefore;
  for (const part of objectsOf(objectOf(candidate?.content).parts)) {
    const piece = toPiece(part, calls, stringOf(body.responseId) ?? '');
    if (piece === undefined) continue;
    if (piece.type === 'tool_call') calls += 1;
    pieces.push(piece);
  }
  return {
    pieces,
    finish: toFinish(finishReason, blockReason),
    usage: toUsage(body.usageMetadata),
    hasCandidate: candidate !== undefined || blockReason !== undefined,
  };
}

function toFinish(finishReason: string | undefined, blockReason: string | undefined): GeminiFinish | undefined {
  if (finishReason !== undefined) return { raw: finishReason, promptBlocked: false };
  return blockReason === undefined ? undefined : { raw: blockReason, promptBlocked: true };
}

function toPiece(part: WireObject, position: number, responseId: string): GeminiPiece | undefined {
  const call = objectOf(part.functionCall);
  const name = stringOf(call.name);
  if (name !== undefined) {
    const text = jsonText(objectOf(call.args));
    const id = stringOf(call.id) ?? makeId([responseId, String(position), name, text]);
    const signature = stringOf(part.thoughtSignature);
    const state = signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } };
    return { type: 'tool_call', call: { id, type: 'function', function: { name, arguments: text }, ...state } };
  }
  const media = objectOf(part.inlineData);
  const data = stringOf(media.data);
  if (data !== undefined) return { type: 'media', media: { mimeType: stringOf(media.mimeType) ?? '', data } };
  const text = stringOf(part.text);
  if (text === undefined || text === '') return undefined;
  return { type: part.thought === true ? 'reasoning' : 'text', text };
}

/** The same answer gives the same ids, streamed or not; answers differ in their response id. */
function makeId(seed: readonly string[]): string {
  return mintedId(createHash('sha256').update(JSON.stringify(seed)).digest('hex'));
}

/** The answer as a chat result. */
export function toChatResult(answer: GeminiAnswer): ChatResult {
  const textOf = (type: GeminiPiece['type']): string =>
    answer.pieces.map((piece) => (piece.type === type && 'text' in piece ? piece.text : '')).join('');
  const toolCalls = answer.pieces.flatMap((piece) => (piece.type === 'tool_call' ? [piece.call] : []));
  const reasoning = textOf('reasoning');
  return {
    text: textOf('text'),
    reasoning: reasoning === '' ? null : reasoning,
    toolCalls,
    finishReason: toFinishReason(answer.finish ?? UNSPECIFIED, toolCalls.length > 0),
    usage: answer.usage,
  };
}

const UNSPECIFIED: GeminiFinish = { raw: 'FINISH_REASON_UNSPECIFIED', promptBlocked: false };
const BLOCKED = /^(?:(?:IMAGE_)?(?:SAFETY|RECITATION|PROHIBITED_CONTENT)|LANGUAGE|BLOCKLIST|SPII)$/;

/** `STOP` also ends an answer of tool calls. Reasons that mean nothing else, and unknown ones, are a plain stop. */
export function toFinishReason({ raw, promptBlocked }: GeminiFinish, hasToolCalls: boolean): FinishReason {
  if (raw === 'MAX_TOKENS') return { unified: 'length', raw };
  if (promptBlocked || BLOCKED.test(raw)) return { unified: 'content_filter', raw };
  return { unified: hasToolCalls ? 'tool_calls' : 'stop', raw };
}

function toUsage(value: unknown): TokenUsage | null {
  const usage = objectOf(value);
  const prompt = countOf(usage.promptTokenCount);
  if (prompt === undefined) return null;
  const promptTokens = prompt + (countOf(usage.toolUsePromptTokenCount) ?? 0);
  const reasoningTokens = countOf(usage.thoughtsTokenCount) ?? null;
  // The vendor's candidates count leaves the thoughts out, and is absent while it is zero; both are billed.
  const completionTokens = (countOf(usage.candidatesTokenCount) ?? 0) + (reasoningTokens ?? 0);
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cachedTokens: countOf(usage.cachedContentTokenCount) ?? null,
    reasoningTokens,
    costUsd: null,
  };
}
