/** The JSON of each `data:` line, by the plainest means there is: the whole body at once. */
export function rawEvents(body: Buffer): Record<string, unknown>[] {
  return body
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice('data: '.length)) as Record<string, unknown>);
}
