import type { IncomingMessage } from 'node:http';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import type { HttpRequest } from '../../core/http/index.js';

/** Bytes of a form: recordings are long. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * The bytes of a form, from the server's body parser where it has one that keeps them; else, as on Express, whose
 * parsers leave forms alone, from the connection.
 * @throws SwitchboardError `validation_failed` for what is no form or broke off, `payload_too_large`
 */
export function formBytesOf(request: HttpRequest): Buffer | Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) return request.body;
  const isForm = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
  const message = request.raw ?? (request as unknown as IncomingMessage);
  if (!isForm || message.readableEnded || message.destroyed)
    throw invalidField('body', 'must be sent as multipart/form-data');
  return gathered(message);
}

async function gathered(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of message as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MOST_BYTES) throw new SwitchboardError('payload_too_large', `A form has at most ${MOST_BYTES} bytes.`);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof SwitchboardError ? error : invalidField('body', 'broke off');
  }
  return Buffer.concat(pieces);
}
