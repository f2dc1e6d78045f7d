/**
 * A plain chat completion told as the stream that was asked for: one chunk with everything, the reasons to stop, usage
 * if it was wanted, and the end.
 */
export function completionAsEvents(json: Readonly<Record<string, unknown>>, wantsUsage: boolean): Buffer {
  const { usage, choices, ...rest } = json;
  const head = { ...rest, object: 'chat.completion.chunk' };
  const told = (choices as Readonly<Record<string, unknown>>[]).map(({ message, index, ...choice }, position) => ({
    ...choice,
    index: index ?? position,
    delta: withIndexes(message),
    finish_reason: choice.finish_reason ?? 'stop',
  }));
  const chunks: object[] = [{ ...head, choices: told }];
  if (wantsUsage && usage !== undefined) chunks.push({ ...head, choices: [], usage });
  return Buffer.from(`${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`);
}

/** Tool calls of a stream are numbered, those of a message are not. */
function withIndexes(message: unknown): unknown {
  const fields = message as Readonly<Record<string, unknown>> | undefined;
  if (!Array.isArray(fields?.tool_calls)) return message;
  return { ...fields, tool_calls: fields.tool_calls.map((call: object, index) => ({ index, ...call })) };
}
