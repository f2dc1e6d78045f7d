import { useCallback, useEffect, useRef, useState } from 'react';
import { isAbort } from '../../client/problem';

/** One call that was answered. */
export interface GenerationResult<Body, Answer> {
  readonly body: Body;
  readonly answer: Answer;
  readonly latencyMs: number;
}

export interface GenerationState<Body, Answer> {
  readonly running: boolean;
  /** The latest first. */
  readonly results: readonly GenerationResult<Body, Answer>[];
  readonly error: unknown;
}

export interface Generation<Body, Answer> extends GenerationState<Body, Answer> {
  readonly run: (body: Body) => Promise<void>;
  readonly stop: () => void;
}

/** Results that the page keeps; older ones are in the ledger and, where asked for, in the media store. */
const KEPT = 12;

/** Runs one call at a time: a second press while it runs does nothing, leaving the page stops it. */
export function useGeneration<Body, Answer>(
  call: (body: Body, signal: AbortSignal) => Promise<Answer>,
): Generation<Body, Answer> {
  const [state, setState] = useState<GenerationState<Body, Answer>>({ running: false, results: [], error: null });
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const run = useCallback(
    async (body: Body) => {
      if (controller.current) return;
      const mine = new AbortController();
      controller.current = mine;
      setState((previous) => ({ ...previous, running: true, error: null }));
      const began = performance.now();
      try {
        const answer = await call(body, mine.signal);
        const result = { body, answer, latencyMs: performance.now() - began };
        setState(({ results }) => ({ running: false, results: [result, ...results].slice(0, KEPT), error: null }));
      } catch (error) {
        setState((previous) => ({ ...previous, running: false, error: isAbort(error) ? null : error }));
      } finally {
        controller.current = null;
      }
    },
    [call],
  );
  const stop = useCallback(() => controller.current?.abort(), []);
  return { ...state, run, stop };
}
