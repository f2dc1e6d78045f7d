import { describe, expect, it } from '@jest/globals';
import { OpenAiCompatibleProvider } from '../../src/providers/strategies/openai-compatible.provider.js';
import { answering, answeringEvents } from '../support/canned-answers.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver } from '../support/recordings.js';

const strategy = new OpenAiCompatibleProvider();
const request = { model: 'sonar', messages: [{ role: 'user' as const, content: 'Hi' }] };

/** Perplexity sends the text so far and the next piece of it, whether it streams or not. */
const choice = (soFar: string, next: string, finish: string | null) => ({
  choices: [{ index: 0, finish_reason: finish, message: { content: soFar }, delta: { content: next } }],
});

describe('a vendor that sends message and delta together', () => {
  it('is taken at its message in a plain answer, and at its deltas in a stream', async () => {
    const plain = await strategy.chat(callOver(answering(choice('Hello!', '', 'stop')), strategy), request);
    const chunks = [choice('Hello', 'Hello', null), choice('Hello!', '!', null), choice('Hello!', '', 'stop')];
    const streamed = await collectChat(strategy.streamChat(callOver(answeringEvents(chunks), strategy), request));

    expect([plain.text, streamed.text]).toEqual(['Hello!', 'Hello!']);
  });
});
