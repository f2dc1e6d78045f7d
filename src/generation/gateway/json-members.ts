/** Where a value lies in the bytes of a JSON object. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Shorter strings are searched here: the native search costs more than it saves. */
const SHORT = 24;

/**
 * The values of some members of a JSON object, as ranges of its bytes; all of them where a name occurs more than once.
 * Members of inner objects do not count. The bytes have to be JSON that parsed well as an object.
 */
export function findMembers(bytes: Buffer, names: ReadonlySet<string>): ReadonlyMap<string, readonly Range[]> {
  const found = new Map<string, Range[]>();
  let at = skipSpace(bytes, objectStart(bytes) + 1);
  while (at < bytes.length && bytes[at] !== CLOSE_BRACE) {
    const keyEnd = endOfString(bytes, at);
    const key = keyOf(bytes, at, keyEnd);
    at = skipSpace(bytes, keyEnd);
    if (bytes[at] !== COLON) break;
    const start = skipSpace(bytes, at + 1);
    const end = endOfValue(bytes, start);
    if (names.has(key)) found.set(key, [...(found.get(key) ?? []), { start, end }]);
    at = skipSpace(bytes, end);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
  }
  return found;
}

/** Position of the opening brace; a byte order mark may stand before it. */
export function objectStart(bytes: Buffer): number {
  return skipSpace(bytes, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

function keyOf(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('latin1', start + 1, end - 1);
  return text.includes('\\') ? (JSON.parse(bytes.toString('utf8', start, end)) as string) : text;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at])
    at += 1;
  return at;
}

/** The position behind the closing quote of the string that opens at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (const near = Math.min(at + SHORT, bytes.length); at < near; at += 1) {
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] === BACKSLASH) at += 1;
  }
  for (let quote = bytes.indexOf(QUOTE, at); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let before = quote - 1;
    while (before >= at && bytes[before] === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return bytes.length;
}

function endOfValue(bytes: Buffer, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return endOfString(bytes, start);
  let at = start;
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    while (at < bytes.length && !isEndOfScalar(bytes[at])) at += 1;
    return at;
  }
  let depth = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
      continue;
    }
    at += 1;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) break;
  }
  return at;
}

function isEndOfScalar(byte: number | undefined): boolean {
  return byte === undefined || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte <= 0x20;
}
