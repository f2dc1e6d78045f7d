import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.js';

function breakerAt(options: CircuitBreakerOptions = {}) {
  let time = 0;
  const breaker = new CircuitBreaker({
    failureThreshold: 3,
    windowMs: 1_000,
    openMs: 500,
    now: () => time,
    ...options,
  });
  return { breaker, pass: (milliseconds: number) => (time += milliseconds) };
}

const failTimes = (breaker: CircuitBreaker, times: number, key = 'groq/llama') => {
  for (let n = 0; n < times; n++) breaker.enter(key).fail();
};

describe('CircuitBreaker (F24)', () => {
  it('opens after the threshold, and says when to come back', () => {
    const { breaker, pass } = breakerAt({ openMs: 4_500 });
    failTimes(breaker, 2);
    expect(breaker.isOpen('groq/llama')).toBe(false);
    failTimes(breaker, 1);
    expect(breaker.isOpen('groq/llama')).toBe(true);
    pass(1_000);
    expect(() => breaker.enter('groq/llama')).toThrow(
      expect.objectContaining({ code: 'service_unavailable', retryAfterSeconds: 4, retry: 'next-provider' }),
    );
  });

  it('keeps keys apart', () => {
    const { breaker } = breakerAt();
    failTimes(breaker, 3);
    expect(() => breaker.enter('groq/other').succeed()).not.toThrow();
  });

  it('counts only failures in a row', () => {
    const { breaker } = breakerAt();
    failTimes(breaker, 2);
    breaker.enter('groq/llama').succeed();
    failTimes(breaker, 2);
    expect(breaker.isOpen('groq/llama')).toBe(false);
  });

  it('counts only failures within the window', () => {
    const { breaker, pass } = breakerAt();
    failTimes(breaker, 2);
    pass(1_000);
    failTimes(breaker, 2);
    expect(breaker.isOpen('groq/llama')).toBe(false);
    failTimes(breaker, 1);
    expect(breaker.isOpen('groq/llama')).toBe(true);
  });

  it('lets one probe through and closes when it succeeds', () => {
    const { breaker, pass } = breakerAt();
    failTimes(breaker, 3);
    pass(500);
    const probe = breaker.enter('groq/llama');
    expect(probe.isProbe).toBe(true);
    expect(() => breaker.enter('groq/llama')).toThrow();
    probe.succeed();
    expect(breaker.enter('groq/llama').isProbe).toBe(false);
    expect(breaker.size).toBe(0);
  });

  it('opens again when the probe fails', () => {
    const { breaker, pass } = breakerAt();
    failTimes(breaker, 3);
    pass(500);
    breaker.enter('groq/llama').fail();
    pass(499);
    expect(() => breaker.enter('groq/llama')).toThrow();
    pass(1);
    expect(breaker.enter('groq/llama').isProbe).toBe(true);
  });

  it('lets the next probe through at once when one is cancelled, and after a while when one is lost', () => {
    const { breaker, pass } = breakerAt();
    failTimes(breaker, 3);
    pass(500);
    breaker.enter('groq/llama').cancel();
    const lost = breaker.enter('groq/llama');
    pass(500);
    const next = breaker.enter('groq/llama');
    expect(next.isProbe).toBe(true);
    lost.succeed();
    expect(() => breaker.enter('groq/llama')).toThrow();
  });

  it('ignores what calls report that began before it opened', () => {
    const { breaker, pass } = breakerAt();
    const [slow, slower] = [breaker.enter('groq/llama'), breaker.enter('groq/llama')];
    failTimes(breaker, 3);
    slow.succeed();
    expect(breaker.isOpen('groq/llama')).toBe(true);
    pass(500);
    const probe = breaker.enter('groq/llama');
    slower.fail();
    probe.succeed();
    expect(breaker.enter('groq/llama').isProbe).toBe(false);
  });

  it('remembers a bounded number of keys', () => {
    const { breaker } = breakerAt({ maxKeys: 10 });
    for (let n = 0; n < 1_000; n++) breaker.enter(`key-${n}`).fail();
    expect(breaker.size).toBe(10);
  });

  it('never runs two probes at once, and always recovers', () => {
    const step = fc.tuple(fc.constantFrom('fail', 'succeed', 'cancel', 'keep'), fc.nat(700));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { breaker, pass } = breakerAt();
        let time = 0;
        let probeUntil = -1;
        for (const [outcome, milliseconds] of steps) {
          pass(milliseconds);
          time += milliseconds;
          if (breaker.isOpen('key')) continue;
          const permit = breaker.enter('key');
          if (permit.isProbe) expect(time).toBeGreaterThanOrEqual(probeUntil);
          if (outcome === 'keep') probeUntil = permit.isProbe ? time + 500 : probeUntil;
          else permit[outcome]();
        }
        pass(500);
        breaker.enter('key').succeed();
        expect(breaker.size).toBe(0);
      }),
    );
  });
});
