import { invalidField } from '../../core/errors/index.js';
import type { Range } from './json-members.js';

/** One part of a form: where its content lies in the bytes of the body. */
export interface FormPart {
  readonly name: string;
  readonly fileName: string | null;
  readonly content: Range;
}

const MOST_PARTS = 100;

/**
 * The parts of a `multipart/form-data` body, without copying any of them.
 * @throws SwitchboardError `validation_failed` for what is none
 */
export function readForm(bytes: Buffer, contentType: string | undefined): FormPart[] {
  const [, quoted, plain] =
    /^multipart\/form-data;.*?\bboundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw invalidField('body', 'must be sent as multipart/form-data');
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];
  let at = bytes.indexOf(delimiter.subarray(2)) + delimiter.length - 2;
  while (bytes.toString('latin1', at, at + 2) === '\r\n') {
    const headEnd = bytes.indexOf('\r\n\r\n', at);
    const end = bytes.indexOf(delimiter, headEnd === -1 ? at : headEnd + 2);
    if (headEnd === -1 || end === -1 || parts.length === MOST_PARTS) throw invalidField('body', 'is not a whole form');
    const head = bytes.toString('utf8', at, headEnd);
    const name = /\bname="([^"\r\n]*)"/i.exec(head.replace(/filename\*?=/gi, 'f='))?.[1] ?? '';
    parts.push({
      name,
      fileName: /\bfilename="([^"\r\n]*)"/i.exec(head)?.[1] ?? null,
      content: { start: headEnd + 4, end: Math.max(end, headEnd + 4) },
    });
    at = end + delimiter.length;
  }
  if (parts.length === 0) throw invalidField('body', 'is not a whole form');
  return parts;
}

/** The text of the one part of a name; undefined when there is none. @throws SwitchboardError for two of a name */
export function textOfPart(bytes: Buffer, parts: readonly FormPart[], name: string): string | undefined {
  const found = parts.filter((part) => part.name === name);
  if (found.length > 1) throw invalidField(name, 'occurs twice');
  const [part] = found;
  return part && bytes.toString('utf8', part.content.start, part.content.end);
}
