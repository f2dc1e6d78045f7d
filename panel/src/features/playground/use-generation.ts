import { useCallback, useEffect, useRef, useState } from 'react';
import { isAbort } from '../../client/problem';

interface GenerationState<T> {
  readonly running: boolean;
  readonly answer: T | null;
  readonly latencyMs: number | undefined;
  readonly error: unknown;
}

/** Runs one call at a time: a second press while it runs does nothing, leaving the page stops it. */
export function useGeneration<Body, Answer>(call: (body: Body, signal: AbortSignal) => Promise<Answer>) {
  const [state, setState] = useState<GenerationState<Answer>>({
    running: false,
    answer: null,
    latencyMs: undefined,
    error: null,
  });
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
        setState({ running: false, answer, latencyMs: performance.now() - began, error: null });
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
