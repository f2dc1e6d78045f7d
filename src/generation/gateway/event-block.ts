const LF = 0x0a;
const CR = 0x0d;
/** Without the quote before them, and the `e`: a search stops at each byte that may begin what it looks for. */
const USAGE = Buffer.from('usage"');
const ERROR = Buffer.from('rror"');
/** Many vendors write it into every event of a stream. */
const NO_USAGE = /^\s*:\s*null/;

/** Whether usage that is not null may stand in a block of events. */
export function tellsUsage(block: Buffer): boolean {
  for (let at = block.indexOf(USAGE); at !== -1; at = block.indexOf(USAGE, at)) {
    at += USAGE.length;
    if (!NO_USAGE.test(block.toString('latin1', at, at + 16))) return true;
  }
  return false;
}

/** Whether an error may stand in a block of events. */
export function tellsError(block: Buffer): boolean {
  return block.indexOf(ERROR) !== -1;
}

/** The events of a block, each with its blank line. */
export function eventsOf(block: Buffer): Buffer[] {
  const events: Buffer[] = [];
  let start = 0;
  for (let at = 0; at < block.length; at += 1) {
    const byte = block[at];
    if (byte !== LF && byte !== CR) continue;
    let next = at + 1;
    if (byte === CR && block[next] === LF) next += 1;
    if (block[next] !== LF && block[next] !== CR) continue;
    at = block[next] === CR && block[next + 1] === LF ? next + 1 : next;
    events.push(block.subarray(start, at + 1));
    start = at + 1;
  }
  if (start < block.length) events.push(block.subarray(start));
  return events;
}

/** The data of one event. */
export function dataOf(event: Buffer): string {
  return event
    .toString('utf8')
    .split(/\r\n|\r|\n/)
    .filter((line) => /^\uFEFF?data:/.test(line))
    .map((line) => line.slice(line.indexOf(':') + 1).replace(/^ /, ''))
    .join('\n')
    .trim();
}

/** Data as the JSON object that it is; undefined for anything else. */
export function parsed(data: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(data);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
