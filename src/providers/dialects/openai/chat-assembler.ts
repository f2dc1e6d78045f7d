import type { ChatEvent, TokenUsage } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { finishReasonOf } from './finish-reason.js';
import { holdsError, insideOf, nonsense, type Reading } from './json.js';
import { ThinkSplitter } from './think-splitter.js';
import { tokenUsageOf } from './token-usage.js';
import { ToolCallPieces } from './tool-call-pieces.js';

/**
 * Turns the chunks of one answer into chat events. A plain answer goes through it as a single chunk, so that both
 * ways give the same. Only the first choice counts; what comes after its finish reason is ignored, usage excepted.
 */
export class ChatAssembler {
  readonly #reading: Reading;
  readonly #think = new ThinkSplitter();
  readonly #toolCalls = new ToolCallPieces();
  #usage: TokenUsage | null = null;
  #finish: string | null = null;
  #begun = false;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Whether a finish reason was seen. */
  get isFinished(): boolean {
    return this.#finish !== null;
  }

  /**
   * @param isWhole the chunk is a plain answer
   * @throws SwitchboardError for an error inside the chunk
   */
  take(json: unknown, isWhole = false): ChatEvent[] {
    const chunk = fieldsOf(json);
    // OpenRouter repeats the reason for a cut as an error behind it: the answer stands as it is.
    if (holdsError(chunk) && this.#finish === null) throw insideOf(this.#reading, chunk);
    // Some vendors repeat a running usage in every chunk: the last one holds.
    this.#usage = tokenUsageOf(chunk.usage) ?? tokenUsageOf(fieldsOf(chunk.x_groq).usage) ?? this.#usage;
    const choices: unknown[] = Array.isArray(chunk.choices) ? chunk.choices : [];
    const events: ChatEvent[] = [];
    for (const each of choices) {
      const choice = fieldsOf(each);
      if ((choice.index ?? 0) !== 0 || this.#finish !== null) continue;
      if (holdsError(choice)) throw insideOf(this.#reading, choice);
      this.#begun = true;
      // Perplexity sends both always: the whole text so far as `message`, and a `delta`, empty in a plain answer.
      const { message, delta } = choice;
      events.push(...this.#message(fieldsOf(isWhole ? (message ?? delta) : (delta ?? message))));
      this.#finished(choice.finish_reason);
    }
    return events;
  }

  /**
   * The end of the answer.
   *
   * @param isMarked the end was said, by `[DONE]` or by a plain answer's closing brace: then a missing finish reason
   * is the vendor's habit and not a broken stream
   * @throws SwitchboardError `upstream_bad_response` when the answer broke off
   */
  end(isMarked: boolean): ChatEvent[] {
    if (this.#finish === null && !(isMarked && this.#begun)) {
      throw nonsense(this.#reading, 'broke off before its answer was complete.');
    }
    const finishReason = finishReasonOf(this.#finish ?? '', this.#toolCalls.count > 0);
    return [...this.#think.end(), ...this.#toolCalls.end(), { type: 'finish', finishReason, usage: this.#usage }];
  }

  #message(message: Readonly<Record<string, unknown>>): ChatEvent[] {
    const events: ChatEvent[] = [];
    const reasoning = [message.reasoning_content, message.reasoning].find(
      (each) => typeof each === 'string' && each !== '',
    );
    if (typeof reasoning === 'string') events.push({ type: 'reasoning', text: reasoning });
    const { transcript } = fieldsOf(message.audio);
    const content = [message.content, transcript, message.refusal].find(
      (each) => each !== null && each !== undefined && each !== '',
    );
    if (typeof content === 'string') events.push(...this.#think.push(content));
    if (Array.isArray(content)) events.push(...content.flatMap((part) => this.#part(fieldsOf(part))));
    if (Array.isArray(message.tool_calls)) {
      events.push(...message.tool_calls.map((piece) => this.#toolCalls.take(piece)));
    }
    return events;
  }

  /** Mistral's reasoning models answer in parts: `text`, and `thinking` that holds text parts of its own. */
  #part(part: Readonly<Record<string, unknown>>): ChatEvent[] {
    if (typeof part.text === 'string') return this.#think.push(part.text);
    const thoughts: unknown[] = Array.isArray(part.thinking) ? part.thinking : [part.thinking];
    const text = thoughts
      .map((each) => (typeof each === 'string' ? each : fieldsOf(each).text))
      .filter((each) => typeof each === 'string')
      .join('');
    return text === '' ? [] : [{ type: 'reasoning', text }];
  }

  #finished(reason: unknown): void {
    if (typeof reason !== 'string' || reason === '') return;
    if (reason === 'error') throw nonsense(this.#reading, 'gave up in the middle of its answer.');
    this.#finish = reason;
  }
}
