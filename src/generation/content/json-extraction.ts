/** Characters of an answer that are looked at. */
const MAX_LENGTH = 1_000_000;
/** Braces that are tried as the beginning of the object. */
const MAX_STARTS = 8;

/**
 * Finds the JSON object in what a model wrote: bare, fenced, with words around it or thoughts before it. Line breaks
 * inside strings and trailing commas, which models write and JSON forbids, are mended.
 * @returns undefined when there is none, `truncated` when one begins and never ends
 */
export function extractJson(reply: string): Readonly<Record<string, unknown>> | 'truncated' | undefined {
  const text = reply.slice(0, MAX_LENGTH).replace(/^\s*<think>[^]*?<\/think>/, '');
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < MAX_STARTS; tries += 1) {
    const candidate = balanced(text, start);
    // Its inner objects would else pass for the answer.
    if (!candidate && /^\{\s*"/.test(text.slice(start, start + 100))) return 'truncated';
    const value = candidate && parsed(candidate.json);
    if (value && Object.keys(value).length > 0) return value;
    start = text.indexOf('{', candidate ? candidate.end : start + 1);
  }
  return undefined;
}

/** From the brace at `start` to the one that closes it; null when none does. */
function balanced(text: string, start: number): { readonly json: string; readonly end: number } | null {
  const pieces: string[] = [];
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isInString && character === '\\') {
      pieces.push(character, text.charAt(at + 1));
      at += 1;
      continue;
    }
    if (character === '"') isInString = !isInString;
    if (isInString) {
      pieces.push(character < ' ' ? JSON.stringify(character).slice(1, -1) : character);
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') {
      dropTrailingComma(pieces);
      depth -= 1;
    }
    pieces.push(character);
    if (depth === 0) return { json: pieces.join(''), end: at + 1 };
  }
  return null;
}

function dropTrailingComma(pieces: string[]): void {
  let last = pieces.length - 1;
  while (last >= 0 && (pieces[last] ?? '').trim() === '') last -= 1;
  if (pieces[last] === ',') pieces.splice(last, 1);
}

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
