import { invalidField } from '../../core/errors/index.js';

/** A switch of a request: absent means off. @throws SwitchboardError `validation_failed` for what is no boolean */
export function flagOf(value: unknown, field: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw invalidField(field, 'must be true or false');
  return value;
}
