import { FromQuery, isStorable, NumberField, TextField } from './fields.js';
import { isRealTime } from './real-time.js';
import { invalidField } from '../errors/index.js';

/** The envelope of every list. */
export interface List<T> {
  readonly data: readonly T[];
  readonly total: number;
  readonly next_cursor: string | null;
}

/** A list that fits in one answer. */
export function wholeList<T>(data: readonly T[]): List<T> {
  return { data, total: data.length, next_cursor: null };
}

/** `?cursor=&limit=` of a paged list. */
export class PageQuery {
  @TextField({ optional: true, max: 500, description: 'next_cursor of the page before' })
  cursor?: string;

  @FromQuery.number()
  @NumberField({ optional: true, min: 1, max: 200, default: 50 })
  limit?: number;
}

/** Opaque position in a list, checked on the way back. */
export function encodeCursor(position: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** What a part of a position may be: text, how far down the list, the id of a row, a time. */
const KINDS = {
  string: (value: unknown) => typeof value === 'string' && isStorable(value),
  number: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
  uuid: (value: unknown) => typeof value === 'string' && ROW_ID.test(value),
  time: (value: unknown) => typeof value === 'string' && isRealTime(value),
};
const ROW_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws SwitchboardError `validation_failed` for anything `encodeCursor` did not make with these keys. */
export function decodeCursor<K extends string>(
  cursor: string,
  keys: Readonly<Record<K, keyof typeof KINDS>>,
): Record<K, string | number> {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) {
      const position = value as Record<K, string | number>;
      if ((Object.keys(keys) as K[]).every((key) => KINDS[keys[key]](position[key]))) return position;
    }
  } catch {
    // falls through to the refusal
  }
  throw invalidField('cursor', 'is not a cursor of this list; leave it out to start from the beginning');
}
