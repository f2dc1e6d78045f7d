/** Deepest nesting accepted: well above any entry, well below what recursion survives. */
const DEEPEST = 40;

/** What is wrong with a text that is not JSON, and where (offset in UTF-16 units). */
export class JsonSourceError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'JsonSourceError';
  }
}

/** A parsed text that remembers where each value stood. */
export interface JsonSource {
  readonly value: unknown;
  /** Offset of the value at a path, or of the nearest enclosing one. */
  offsetOf(path: readonly (string | number)[]): number;
  /** Fields that an object names a second time. */
  readonly repeated: readonly (readonly (string | number)[])[];
}

/** Reads strict JSON. @throws JsonSourceError at the first offence. */
export function readJsonSource(text: string): JsonSource {
  return new JsonReader(text).read();
}

/** Turns offsets of a text into lines and columns, both counted from 1. */
export function positionsOf(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

class JsonReader {
  private at = 0;
  private readonly path: (string | number)[] = [];
  private readonly offsets = new Map<string, number>();
  private readonly repeated: (string | number)[][] = [];

  constructor(private readonly text: string) {
    if (text.startsWith('\uFEFF')) this.at = 1;
  }

  read(): JsonSource {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.fail('nothing may follow the end of the document');
    const { offsets, repeated } = this;
    const offsetOf = (path: readonly (string | number)[]): number =>
      offsets.get(JSON.stringify(path)) ?? (path.length === 0 ? 0 : offsetOf(path.slice(0, -1)));
    return { value, offsetOf, repeated };
  }

  private value(): unknown {
    if (this.path.length > DEEPEST) this.fail(`nesting is deeper than ${DEEPEST} levels`);
    this.skipSpace();
    this.offsets.set(JSON.stringify(this.path), this.at);
    const first = this.text[this.at];
    if (first === '{') return this.object();
    if (first === '[') return this.array();
    if (first === '"') return this.string();
    return this.literal();
  }

  private object(): unknown {
    const fields = new Map<string, unknown>();
    this.items('}', () => {
      if (this.text[this.at] !== '"') this.fail('a field name in double quotes is expected');
      const name = this.string();
      this.skipSpace();
      this.expect(':');
      this.path.push(name);
      if (fields.has(name)) this.repeated.push([...this.path]);
      fields.set(name, this.value());
      this.path.pop();
    });
    // fromEntries defines own properties, so that a field "__proto__" stays a field.
    return Object.fromEntries(fields);
  }

  private array(): unknown[] {
    const items: unknown[] = [];
    this.items(']', () => {
      this.path.push(items.length);
      items.push(this.value());
      this.path.pop();
    });
    return items;
  }

  private items(end: string, item: () => void): void {
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] === end) this.fail(`there is a comma too many before "${end}"`);
      item();
      this.skipSpace();
      if (this.text[this.at] === end) break;
      if (this.text[this.at] !== ',') this.fail(`"," or "${end}" is expected`);
      this.at += 1;
    }
    this.at += 1;
  }

  private string(): string {
    const start = this.at;
    for (this.at += 1; this.text[this.at] !== '"'; this.at += 1) {
      if (this.at >= this.text.length || this.text[this.at] === '\n') this.fail('this string never ends', start);
      if (this.text[this.at] === '\\') this.at += 1;
    }
    this.at += 1;
    return this.parse(start, 'this string has a character that must be escaped') as string;
  }

  private literal(): unknown {
    const start = this.at;
    while (/[-+.\w]/.test(this.text[this.at] ?? '')) this.at += 1;
    if (this.at === start) this.fail(start < this.text.length ? 'a value is expected' : 'the text ends too early');
    return this.parse(start, 'this is not a JSON value (strings take double quotes)');
  }

  private parse(start: number, complaint: string): unknown {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as unknown;
    } catch {
      return this.fail(complaint, start);
    }
  }

  private skipSpace(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at += 1;
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) this.fail(`"${character}" is expected`);
    this.at += 1;
  }

  private fail(message: string, offset = this.at): never {
    throw new JsonSourceError(message, offset);
  }
}
