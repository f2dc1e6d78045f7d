/**
 * The wire form of one event, its blank line included. `data` may hold anything: each of its lines gets a `data:` of
 * its own, so that no text can start another field or event.
 *
 * @throws TypeError when the event name holds a line break or NUL: names are ours, never a vendor's.
 */
export function encodeSseEvent(event: string | null, data: string): string {
  if (event !== null && /[\r\n\0]/.test(event)) throw new TypeError('An SSE event name must be a single line.');
  const name = event === null ? '' : `event: ${event}\n`;
  const lines = data.split(/\r\n|\r|\n/);
  return `${name}${lines.map((line) => `data: ${line}\n`).join('')}\n`;
}
