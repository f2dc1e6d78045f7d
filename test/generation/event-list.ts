/** A received event. */
export interface ReceivedEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Server-sent events of ours, read without any code of ours. */
export function eventsIn(bytes: Buffer): ReceivedEvent[] {
  const blocks = bytes.toString('utf8').split('\n\n').filter(Boolean);
  return blocks.map((block) => ({
    event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as Record<string, unknown>,
  }));
}

/** The text of all `delta` events. */
export function textIn(events: readonly ReceivedEvent[]): string {
  return events.flatMap(({ event, data }) => (event === 'delta' ? [String(data['text'])] : [])).join('');
}
