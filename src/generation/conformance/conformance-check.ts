import type { ProviderCall, ProviderRecord, ProviderStrategy } from '../../providers/index.js';

/** What a live check looks at, in this order. */
export const CONFORMANCE_CHECKS = [
  'list',
  'chat',
  'stream',
  'abort',
  'usage',
  'error mapping',
  'image',
  'speech',
] as const;

export type ConformanceCheckName = (typeof CONFORMANCE_CHECKS)[number];

/** How one check went. */
export interface ConformanceRow {
  readonly check: ConformanceCheckName;
  /** `skipped`: the provider does not offer it, has no model for it, or it was not wanted. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was seen, for people. */
  readonly detail: string;
  readonly duration_ms: number;
}

/** Ends a check without a verdict on the provider. */
export class Skipped extends Error {}

/** Something works, but not as well as it should. */
export class Imperfect extends Error {}

/** What a check is given. */
export interface ConformanceBench {
  readonly provider: ProviderRecord;
  readonly strategy: ProviderStrategy;
  /** Ids of the models to use, by method. */
  readonly models: Readonly<Partial<Record<'chat' | 'image' | 'speech', string>>>;
  /** A call with the provider's key, or with another one. */
  readonly call: (signal?: AbortSignal, secret?: string) => ProviderCall;
}

/** Answers what was seen. @throws Skipped, Imperfect, or whatever went wrong */
export type ConformanceCheck = (bench: ConformanceBench) => Promise<string>;

/** @throws Skipped where there is none */
export function modelFor(bench: ConformanceBench, kind: 'chat' | 'image' | 'speech'): string {
  const model = bench.models[kind];
  if (model === undefined) throw new Skipped(`no ${kind} model in the catalog or selected`);
  return model;
}
