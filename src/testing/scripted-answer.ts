import type { WireAnswer } from './contract-cases.js';

/** How an answer is sent. */
export interface Sending {
  /** Byte positions where the body is cut into pieces. @default one piece */
  readonly cuts?: readonly number[];
  /** After so many bytes the connection breaks. */
  readonly breakAt?: number;
  /** After so many bytes nothing comes any more; 0 holds back even the head. */
  readonly hangAt?: number;
}

/** A `fetch` that answers everything with one answer, and remembers how it was treated. */
export class ScriptedAnswer {
  readonly requests: Request[] = [];
  /** The reader said that it wants no more, or the signal fired. */
  isCancelled = false;
  readonly fetch: typeof globalThis.fetch;

  /** @param caller the signal of the call, which production wires into `fetch` as well */
  constructor(answer: WireAnswer, apiKey: string, caller: AbortSignal, sending: Sending = {}) {
    const { body } = answer;
    const bytes = typeof body === 'string' ? Buffer.from(body.replaceAll('{{api_key}}', apiKey)) : new Uint8Array(body);
    this.fetch = async (input, init) => {
      const request = new Request(input, init);
      this.requests.push(request);
      const signal = init?.signal ? AbortSignal.any([caller, init.signal]) : caller;
      signal.throwIfAborted();
      if (sending.hangAt === 0) await this.aborted(signal);
      const stream = this.streamOf(bytes, sending, signal);
      const headers = answer.headers ?? { 'content-type': 'application/json' };
      return new Response(stream, { status: answer.status ?? 200, headers: { ...headers } });
    };
  }

  private streamOf(bytes: Uint8Array, sending: Sending, signal: AbortSignal): ReadableStream<Uint8Array> {
    const end = sending.breakAt ?? sending.hangAt ?? bytes.length;
    const cuts = [...(sending.cuts ?? []).filter((cut) => cut > 0 && cut < end), end];
    let start = 0;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        if (signal.aborted) return controller.error(signal.reason);
        const cut = cuts.shift();
        if (cut !== undefined) {
          controller.enqueue(bytes.slice(start, cut));
          start = cut;
        } else if (sending.breakAt !== undefined) controller.error(new TypeError('terminated'));
        else if (sending.hangAt === undefined) controller.close();
        else await this.aborted(signal).catch((reason: unknown) => controller.error(reason));
      },
      cancel: () => {
        this.isCancelled = true;
      },
    });
  }

  /** Never resolves; rejects when the signal fires. */
  private aborted(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      const leave = () => {
        this.isCancelled = true;
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }
}
