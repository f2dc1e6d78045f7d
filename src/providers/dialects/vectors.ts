import { SwitchboardError } from '../../core/errors/index.js';
import type { TokenUsage } from '../contract/index.js';

/**
 * The vectors, one for each text.
 * @throws SwitchboardError `upstream_bad_response` when there are fewer, more, or something else among them
 */
export function vectorsFor(texts: readonly string[], vectors: readonly unknown[]): number[][] {
  const read = vectors.filter(isVector);
  if (read.length === texts.length && read.length === vectors.length) return read;
  throw new SwitchboardError('upstream_bad_response', 'The provider answered without a vector for each text.');
}

export function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number');
}

/** What vendors count who charge for the texts alone; null where they tell nothing. */
export function usageOfTexts(tokens: number | undefined): TokenUsage | null {
  if (tokens === undefined) return null;
  const counted = { promptTokens: tokens, completionTokens: 0, totalTokens: tokens };
  return { ...counted, cachedTokens: null, reasoningTokens: null, costUsd: null };
}

/** The texts in lots of what a vendor takes at once, one lot after another, so that none is asked for in vain. */
export async function inLots<T>(
  texts: readonly string[],
  most: number,
  ask: (lot: readonly string[]) => Promise<T>,
): Promise<T[]> {
  const answers: T[] = [];
  for (let at = 0; at < texts.length; at += most) answers.push(await ask(texts.slice(at, at + most)));
  return answers;
}
