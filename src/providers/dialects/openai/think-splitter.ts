/** A piece of an answer: what is said, or what was thought on the way. */
export interface TextPiece {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Takes a leading `<think>…</think>` out of a text that arrives in pieces of any size. Only at the start: further on
 * the same characters are what the model wants to say. White space around the two tags is nobody's text.
 */
export class ThinkSplitter {
  #state: 'start' | 'thinking' | 'gap' | 'answering' = 'start';
  #held = '';
  #thoughtYet = false;

  push(piece: string): TextPiece[] {
    if (this.#state === 'answering') return piece === '' ? [] : [{ type: 'text', text: piece }];
    this.#held += piece;
    const pieces: TextPiece[] = [];
    if (this.#state === 'start') this.#start(pieces);
    if (this.#state === 'thinking') this.#think(pieces);
    if (this.#state === 'gap') this.#gap(pieces);
    return pieces;
  }

  /** What was still held back when the answer ended. */
  end(): TextPiece[] {
    const text = this.#held;
    this.#held = '';
    if (text === '' || this.#state === 'gap') return [];
    return [{ type: this.#state === 'thinking' ? 'reasoning' : 'text', text }];
  }

  #start(pieces: TextPiece[]): void {
    const begun = this.#held.trimStart();
    if (begun.startsWith(OPEN)) {
      this.#state = 'thinking';
      this.#held = begun.slice(OPEN.length);
    } else if (!OPEN.startsWith(begun)) {
      this.#answer(pieces);
    }
  }

  #think(pieces: TextPiece[]): void {
    if (!this.#thoughtYet) this.#held = this.#held.trimStart();
    const close = this.#held.indexOf(CLOSE);
    const end = close === -1 ? this.#held.length - partialEnd(this.#held, CLOSE) : close;
    const thought = this.#held.slice(0, end).trimEnd();
    if (thought !== '') {
      pieces.push({ type: 'reasoning', text: thought });
      this.#thoughtYet = true;
    }
    this.#held = this.#held.slice(close === -1 ? thought.length : end + CLOSE.length);
    if (close !== -1) this.#state = 'gap';
  }

  #gap(pieces: TextPiece[]): void {
    this.#held = this.#held.trimStart();
    if (this.#held !== '') this.#answer(pieces);
  }

  #answer(pieces: TextPiece[]): void {
    this.#state = 'answering';
    pieces.push({ type: 'text', text: this.#held });
    this.#held = '';
  }
}

/** How many characters at the end of `text` may be the beginning of `tag`. */
function partialEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
