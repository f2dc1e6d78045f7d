import { validate } from 'uuid';
import { SwitchboardError } from '../core/errors/index.js';

/** Whether a value can be the id of a row; anything else would make the database complain. */
export function isRowId(id: unknown): id is string {
  return validate(id);
}

/**
 * An id from a path, before it reaches the database: what cannot be one names nothing.
 * @throws SwitchboardError `not_found`
 */
export function requireRowId(id: string, thing: string): string {
  if (!isRowId(id)) throw notFound(thing);
  return id.toLowerCase();
}

/** The same answer for what does not exist and for what belongs to somebody else. */
export function notFound(thing: string): SwitchboardError {
  return new SwitchboardError('not_found', `There is no such ${thing}.`);
}
