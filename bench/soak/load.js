/** Requests at a steady rate: a third streams, one in twenty given up by its caller, one in twenty failed by the upstream. */
import { randomUUID } from 'node:crypto';

const STREAMS = 1 / 3;
const ABORTS = 0.05;
const FAULTS = 0.05;
const MOST_AT_ONCE = 2_000;

const said = (mark) => [{ role: 'user', content: `Write forty words. ${mark}` }];
const PLAIN = [
  ['v1/chat/completions', (mark) => ({ model: 'chat', messages: said(mark) })],
  ['v1/chat/completions', (mark) => ({ model: 'chat', messages: said(mark) })],
  ['v1/chat/completions', (mark) => ({ model: 'chat', messages: said(mark), temperature: 0.2 })],
  ['v1/messages', (mark) => ({ model: 'chat', max_tokens: 100, messages: said(mark) })],
  ['v1/responses', (mark) => ({ model: 'chat', input: mark })],
  ['v1/embeddings', (mark) => ({ model: 'embedding', input: mark })],
  ['v1/images/generations', (mark) => ({ model: 'image', prompt: mark })],
  ['v1/audio/speech', (mark) => ({ model: 'audio', voice: 'alloy', input: mark })],
  ['api/admin/ai/chat/send', (mark) => ({ message: mark })],
];
const STREAMED = [
  ['v1/chat/completions', (mark) => ({ model: 'chat', stream: true, messages: said(mark) })],
  [
    'v1/chat/completions',
    (mark) => ({ model: 'chat', stream: true, stream_options: { include_usage: true }, messages: said(mark) }),
  ],
  ['v1/messages', (mark) => ({ model: 'chat', stream: true, max_tokens: 100, messages: said(mark) })],
  ['v1/responses', (mark) => ({ model: 'chat', stream: true, input: mark })],
  ['api/admin/ai/chat/send', (mark) => ({ message: mark, stream: true })],
];

const oneOf = (list) => list[Math.floor(Math.random() * list.length)];

/** Counts what was asked and what came of it; `ids` are the requests that reached the upstream or were answered. */
export class Load {
  ids = new Set();
  counts = { asked: 0, streams: 0, aborts: 0, faults: 0, whole: 0, refused: 0, broken: 0, unsent: 0 };
  #running = new Set();

  /** @param {{ origin: string, tokens: string[], arrivals: Map<string, () => void> }} where */
  constructor({ origin, tokens, arrivals }) {
    Object.assign(this, { origin, tokens, arrivals });
  }

  /** @param {number} rate requests per second @param {number} milliseconds how long */
  async run(rate, milliseconds) {
    const end = performance.now() + milliseconds;
    let due = performance.now();
    while (performance.now() < end) {
      for (; due <= performance.now(); due += 1000 / rate) this.#begin();
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - performance.now())));
    }
    await Promise.all(this.#running);
  }

  #begin() {
    if (this.#running.size >= MOST_AT_ONCE) return void (this.counts.unsent += 1);
    const asked = this.#ask().finally(() => this.#running.delete(asked));
    this.#running.add(asked);
  }

  async #ask() {
    const { counts } = this;
    const isStream = Math.random() < STREAMS;
    const chance = Math.random();
    const isAbort = chance < ABORTS;
    const isFault = !isAbort && chance < ABORTS + FAULTS;
    const id = randomUUID();
    const mark = `soak-${id}${isFault ? `-${oneOf(isStream ? ['refused', 'reset', 'broken'] : ['refused', 'reset'])}` : ''}`;
    const [path, bodyOf] = oneOf(isStream ? STREAMED : PLAIN);
    counts.asked += 1;
    counts.streams += Number(isStream);
    counts.aborts += Number(isAbort);
    counts.faults += Number(isFault);
    const controller = new AbortController();
    // Whoever gives up does so once the server is at work for her: before, there is nothing to account for.
    if (isAbort)
      this.arrivals.set(mark, () => {
        this.ids.add(id);
        setTimeout(() => controller.abort(), Math.random() * (isStream ? 400 : 20));
      });
    try {
      const response = await fetch(`${this.origin}/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${oneOf(this.tokens)}`,
          'content-type': 'application/json',
          'x-request-id': id,
        },
        body: JSON.stringify(bodyOf(mark)),
        signal: controller.signal,
      });
      this.ids.add(id);
      await response.arrayBuffer();
      if (response.ok) counts.whole += 1;
      else counts.refused += 1;
    } catch {
      counts.broken += 1;
    } finally {
      this.arrivals.delete(mark);
    }
  }
}
