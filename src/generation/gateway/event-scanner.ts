import { SwitchboardError } from '../../core/errors/index.js';
import { type TokenUsage, tokenUsageOf } from '../../providers/index.js';
import { dataOf, eventsOf, parsed, tellsError, tellsUsage } from './event-block.js';

const LF = 0x0a;
const CR = 0x0d;
const BLANK_LINES = [Buffer.from('\n\n'), Buffer.from('\r\r'), Buffer.from('\n\r')];
const DATA = Buffer.from('data:');
/** Text of a model cannot look like it: line breaks inside JSON are escaped. */
const DONE = /(?:^|[\r\n])data: ?\[DONE\]/;
const NAMED_ERROR = /^event: ?error\s*$/m;
const FINISHED = /"finish_reason"\s*:\s*"/;
/** Pictures may come as base64 inside events. */
const MOST_BYTES_OF_EVENT = 16 * 1024 * 1024;
const REMEMBERED_BLOCKS = 8;
const CHARACTERS_PER_TOKEN = 4;

/**
 * Reads a chat stream of OpenAI's kind while it passes: whole events go on as the bytes they are; only those that may
 * hold usage or an error are looked into. Its memory is one unfinished event.
 */
export class EventScanner {
  usage: TokenUsage | null = null;
  /** What an event said went wrong; nothing after it counts. */
  error: object | undefined;
  /** `[DONE]` has come: what follows does not count. */
  isDone = false;
  /** Whether anything but comments has come. */
  hasBegun = false;
  #partial: Buffer[] = [];
  #partialBytes = 0;
  #recent: Buffer[] = [];
  #bytes = 0;
  #events = 0;
  #envelope = 0;

  /** @param keepUsage whether the caller asked for the event that holds nothing but usage */
  constructor(private readonly keepUsage: boolean) {}

  /** The events that are now complete, as bytes to pass on; null when there are none. */
  push(chunk: Buffer): Buffer | null {
    if (this.isDone || this.error !== undefined) return null;
    const end = this.#endOfEvents(chunk);
    if (end === 0) {
      this.#keep(chunk);
      return null;
    }
    const whole = end === chunk.length ? chunk : chunk.subarray(0, end);
    const block = this.#partialBytes === 0 ? whole : Buffer.concat([...this.#partial, whole]);
    this.#partial = [];
    this.#partialBytes = 0;
    if (end < chunk.length) this.#keep(chunk.subarray(end));
    return this.#scan(block);
  }

  /** The bytes are over: an event without its blank line counts if it is whole. */
  end(): Buffer | null {
    if (this.#partialBytes === 0 || this.isDone || this.error !== undefined) return null;
    const rest = Buffer.concat([...this.#partial, Buffer.from('\n\n')]);
    this.#partial = [];
    this.#partialBytes = 0;
    const data = dataOf(rest);
    return data === '[DONE]' || parsed(data) !== undefined ? this.#scan(rest) : null;
  }

  /** Whether the answer is complete: it said so, or it gave a reason to stop. */
  get isComplete(): boolean {
    return this.isDone || this.#recent.some((block) => FINISHED.test(block.toString('latin1')));
  }

  /** Tokens that came, judged by the size of the events: for streams that tell no usage. */
  get estimatedTokens(): number {
    const overhead = Math.max(0, this.#envelope - CHARACTERS_PER_TOKEN) * this.#events;
    return Math.max(
      this.#events > 1 ? this.#events - 1 : 0,
      Math.ceil((this.#bytes - overhead) / CHARACTERS_PER_TOKEN),
    );
  }

  #keep(piece: Buffer): void {
    this.#partial.push(piece);
    this.#partialBytes += piece.length;
    if (this.#partialBytes > MOST_BYTES_OF_EVENT)
      throw new SwitchboardError('upstream_bad_response', 'The provider sent a stream event larger than we take.');
  }

  /** The position in the chunk behind the last blank line; 0 when there is none. */
  #endOfEvents(chunk: Buffer): number {
    const { length } = chunk;
    if (chunk[length - 1] === LF && chunk[length - 2] === LF) return length;
    let end = 0;
    for (const blank of BLANK_LINES) end = Math.max(end, chunk.lastIndexOf(blank) + 1);
    if (end > 0) return chunk[end] === CR && chunk[end + 1] === LF ? end + 2 : end + 1;
    const before = this.#partial.at(-1)?.at(-1);
    const first = chunk[0];
    if (before === LF && first === CR) return chunk[1] === LF ? 2 : 1;
    return (before === LF && first === LF) || (before === CR && first === CR) ? 1 : 0;
  }

  #scan(block: Buffer): Buffer | null {
    // Named events are rare here, and may be errors.
    const isPlain = block[0] !== 0x65 && !tellsUsage(block) && !tellsError(block);
    const kept = isPlain ? block : this.#lookInto(block);
    this.#count(block);
    if (this.#endsWithDone(block)) {
      this.isDone = true;
      const done = DONE.exec(kept?.toString('latin1') ?? '');
      // A second one, and whatever stands between them, is cut off.
      return kept === null || done === null
        ? kept
        : Buffer.concat([kept.subarray(0, done.index + done[0].length), Buffer.from('\n\n')]);
    }
    return kept;
  }

  #count(block: Buffer): void {
    if (!this.hasBegun) {
      if (block.indexOf(DATA) === -1) return;
      this.hasBegun = true;
    }
    this.#bytes += block.length;
    this.#recent.push(block);
    if (this.#recent.length > REMEMBERED_BLOCKS) this.#recent.shift();
    if (this.#envelope > 0 && block.length < this.#envelope * 1.5) {
      this.#events += 1;
      return;
    }
    let events = 0;
    for (let at = block.indexOf(DATA); at !== -1; at = block.indexOf(DATA, at + 5)) events += 1;
    this.#events += events;
    if (this.#envelope === 0 && events > 0) this.#envelope = Math.floor(block.length / events);
  }

  #endsWithDone(block: Buffer): boolean {
    let end = block.length;
    while (end > 0 && (block[end - 1] === LF || block[end - 1] === CR)) end -= 1;
    return block[end - 1] === 0x5d && block.toString('latin1', end - 6, end) === '[DONE]';
  }

  /** Takes usage out of the events and notes errors; answers what of the block goes on. */
  #lookInto(block: Buffer): Buffer | null {
    const kept: Buffer[] = [];
    for (const event of eventsOf(block)) {
      const json = parsed(dataOf(event));
      const inside = json ?? {};
      const isError = inside.error !== undefined && inside.error !== null && inside.error !== '';
      if (isError || (event[0] === 0x65 && NAMED_ERROR.test(event.toString('latin1')))) {
        this.error = isError ? inside : { error: inside };
        break;
      }
      const usage = tokenUsageOf(inside.usage ?? (inside.x_groq as { usage?: unknown } | undefined)?.usage);
      if (usage !== null) this.usage = usage;
      const isOnlyUsage = usage !== null && Array.isArray(inside.choices) && inside.choices.length === 0;
      if (!isOnlyUsage || this.keepUsage) kept.push(event);
    }
    return kept.length === 0 ? null : Buffer.concat(kept);
  }
}
