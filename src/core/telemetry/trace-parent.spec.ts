import { describe, expect, it } from '@jest/globals';
import { GenAiSignals } from './gen-ai-signals.js';
import type { GenerationFacts } from './generation-facts.js';
import { traceParentOf } from './trace-parent.js';

/** Fails whoever looks at it. */
const untouchable = <T extends object>() =>
  new Proxy<T>({} as T, {
    get: (_target, name) => {
      throw new Error(`Looked at ${String(name)}`);
    },
  });

describe('telemetry without an SDK', () => {
  it('does not even look at headers and facts', async () => {
    expect(traceParentOf(untouchable())).toBeUndefined();
    const signals = new GenAiSignals();
    expect(() => signals.record(untouchable<GenerationFacts>(), undefined)).not.toThrow();
    await signals.flush();
  });
});
