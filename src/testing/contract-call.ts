import { defaultWire, type ProviderCall, type ProviderStrategy, strategyFetch } from '../providers/index.js';
import type { ContractCases, ContractMethod, WireAnswer } from './contract-cases.js';
import { ScriptedAnswer, type Sending } from './scripted-answer.js';

/** Looks like nobody's, so that a leak of it is seen. */
export const CONTRACT_KEY = 'contract-credential-7f3a9b';

/** One call of a strategy, with the upstream at its other end. */
export interface Staged {
  readonly call: ProviderCall;
  readonly upstream: ScriptedAnswer;
  readonly controller: AbortController;
}

/** A call that meets `answer`, by the rules of production: whatever is not 2xx is thrown. */
export function stage(strategy: ProviderStrategy, cases: ContractCases, answer: WireAnswer, sending?: Sending): Staged {
  const controller = new AbortController();
  const upstream = new ScriptedAnswer(answer, CONTRACT_KEY, controller.signal, sending);
  const baseUrl = cases.baseUrl ?? 'https://upstream.test/v1';
  const profile = {
    slug: 'contract',
    name: 'Contract',
    apiBaseUrl: baseUrl,
    capabilities: {},
    config: {
      supportsStreaming: true,
      maxRetry: 0,
      timeout: 30,
      catalogBaseUrl: cases.catalogBaseUrl ?? null,
      wire: { ...defaultWire, ...cases.wire },
    },
  };
  const call: ProviderCall = {
    provider: profile,
    baseUrl,
    apiKey: CONTRACT_KEY,
    fetch: strategyFetch(upstream.fetch, strategy, profile, CONTRACT_KEY),
    signal: controller.signal,
  };
  return { call, upstream, controller };
}

/** What a method answered, told alike for all of them. */
export interface Performed {
  readonly text: string;
  readonly reasoning: string | null;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | null;
  readonly bytes: Buffer;
  readonly mime: string;
  readonly models: Readonly<Record<string, readonly string[]>>;
}

const NOTHING: Performed = { text: '', reasoning: null, usage: null, bytes: Buffer.alloc(0), mime: '', models: {} };

/** Calls a method with the least that it takes and reads its answer to the end. */
export async function perform(
  strategy: ProviderStrategy,
  method: ContractMethod,
  cases: ContractCases,
  call: ProviderCall,
  onPiece: () => void = () => undefined,
): Promise<Performed> {
  const model = (kind: 'chat' | 'image' | 'speech') => cases.models?.[kind] ?? cases.model ?? 'some-model';
  const chat = { model: model('chat'), messages: [{ role: 'user' as const, content: 'Hello' }] };
  switch (method) {
    case 'chat': {
      const result = await strategy.chat?.(call, chat);
      return result === undefined
        ? NOTHING
        : { ...NOTHING, text: result.text, reasoning: result.reasoning, usage: result.usage };
    }
    case 'streamChat':
      return streamed(strategy, chat, call, onPiece);
    case 'image': {
      const result = await strategy.image?.(call, { model: model('image'), prompt: 'A fox', count: 1 });
      return { ...NOTHING, bytes: Buffer.concat(result?.images.map(({ bytes }) => bytes) ?? []) };
    }
    case 'speech': {
      const result = await strategy.speech?.(call, { model: model('speech'), text: 'Good morning' });
      const pieces: Uint8Array[] = [];
      for await (const piece of result?.audio ?? []) {
        pieces.push(piece);
        onPiece();
      }
      return { ...NOTHING, bytes: Buffer.concat(pieces), mime: result?.mime ?? '' };
    }
    case 'listModels': {
      const listing = await strategy.listModels?.(call);
      return {
        ...NOTHING,
        models: Object.fromEntries(listing?.models.map(({ id, capabilities }) => [id, capabilities]) ?? []),
      };
    }
  }
}

async function streamed(
  strategy: ProviderStrategy,
  request: Parameters<NonNullable<ProviderStrategy['streamChat']>>[1],
  call: ProviderCall,
  onPiece: () => void,
): Promise<Performed> {
  let text = '';
  let reasoning = '';
  let finish: { usage: Performed['usage'] } | undefined;
  for await (const event of strategy.streamChat?.(call, request) ?? []) {
    if (finish !== undefined) throw new Error(`The stream goes on with "${event.type}" after its finish.`);
    if (event.type === 'text') text += event.text;
    if (event.type === 'reasoning') reasoning += event.text;
    if (event.type === 'finish') finish = event;
    onPiece();
  }
  if (finish === undefined) throw new Error('The stream ended without a finish, and without an error.');
  return { ...NOTHING, text, reasoning: reasoning === '' ? null : reasoning, usage: finish.usage };
}
