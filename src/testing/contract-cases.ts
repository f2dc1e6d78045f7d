import type { ErrorCode } from '../core/errors/index.js';
import type { WireProfile } from '../providers/index.js';

/**
 * One HTTP answer of a vendor, byte for byte. `{{api_key}}` in a text body becomes the credential of the call, for
 * vendors that echo it in their errors.
 */
export interface WireAnswer {
  /** @default 200 */
  readonly status?: number;
  /** @default `content-type: application/json` */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface ExpectedChat {
  readonly text: string;
  /** @default null */
  readonly reasoning?: string | null;
  /** Tokens as they are billed; null for a vendor that sends none. */
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | null;
}

export interface ChatCase {
  readonly answer: WireAnswer;
  readonly expected: ExpectedChat;
}

export interface StreamCase extends ChatCase {
  /** Text of the body before which the answer is not complete: cut there, the stream is a truncated one. */
  readonly finishMark: string;
  /** What the vendor sends in the middle of a stream to say that it failed; put in before `finishMark`. */
  readonly errorEvent: string;
}

export interface ImageCase {
  readonly answer: WireAnswer;
  /** The picture's bytes. */
  readonly expected: Uint8Array;
}

export interface SpeechCase {
  readonly answer: WireAnswer;
  readonly expected: { readonly mime: string; readonly bytes: Uint8Array };
}

export interface ListCase {
  readonly answer: WireAnswer;
  /** Ids that have to be found, with their capabilities. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

/** How the vendor refuses; the codes are what callers have to see. */
export interface RefusalCases {
  /** A wrong key. Becomes `upstream_auth_failed`. */
  readonly unauthorized: WireAnswer;
  /** Becomes `upstream_rate_limited`; the suite adds `retry-after`. */
  readonly rateLimited: WireAnswer;
  /** Becomes `upstream_unavailable`. */
  readonly serverError: WireAnswer;
  /** Codes where the vendor's reading differs. */
  readonly codes?: Readonly<Partial<Record<'unauthorized' | 'rateLimited' | 'serverError', ErrorCode>>>;
}

/**
 * What the contract suite needs to know of a vendor: hand-written or recorded answers for each method that the strategy
 * has. A method without its case fails the suite.
 */
export interface ContractCases {
  /** @default 'https://upstream.test/v1' */
  readonly baseUrl?: string;
  /** @default the base URL */
  readonly catalogBaseUrl?: string;
  /** Id of a model. @default 'some-model' */
  readonly model?: string;
  /** Ids per method, for a strategy that knows its models. */
  readonly models?: Readonly<Partial<Record<'chat' | 'image' | 'speech', string>>>;
  /** Differences of the row's wire profile. */
  readonly wire?: Partial<WireProfile>;
  /** For a strategy that uses no network: why. Only success and abort are checked then. */
  readonly offline?: string;
  /** Required unless `offline`. */
  readonly refusals?: RefusalCases;
  readonly chat?: ChatCase;
  readonly streamChat?: StreamCase;
  readonly image?: ImageCase;
  readonly speech?: SpeechCase;
  readonly listModels?: ListCase;
}

/** The methods that the suite checks. */
export const CONTRACT_METHODS = ['chat', 'streamChat', 'image', 'speech', 'listModels'] as const;

export type ContractMethod = (typeof CONTRACT_METHODS)[number];
