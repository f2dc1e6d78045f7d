import { describe, expect, it } from '@jest/globals';
import { NO_THREAD, reduceThread } from './thread-state';

describe('a conversation', () => {
  const asked = reduceThread(NO_THREAD, { type: 'asked', message: 'Hello' });

  it('gathers the pieces of an answer', () => {
    const first = reduceThread(asked, { type: 'delta', text: 'Hi', reasoning: '' });
    const second = reduceThread(first, { type: 'delta', text: ' there', reasoning: 'hm' });
    expect(second.turns.at(-1)).toEqual({ role: 'assistant', content: 'Hi there', reasoning: 'hm' });
    expect(second.running).toBe(true);
  });

  it('keeps what was said when it is stopped, and calls that stopped, not failed', () => {
    const half = reduceThread(asked, { type: 'delta', text: 'Hal', reasoning: '' });
    const ended = reduceThread(half, { type: 'ended', error: null });
    expect(ended.turns.at(-1)).toMatchObject({ content: 'Hal', stopped: true });
    expect(ended).toMatchObject({ running: false, error: null });
  });

  it('keeps the question when the answer fails', () => {
    const error = new Error('no');
    const ended = reduceThread(asked, { type: 'ended', error });
    expect(ended.turns[0]).toEqual({ role: 'user', content: 'Hello' });
    expect(ended.error).toBe(error);
  });
});
