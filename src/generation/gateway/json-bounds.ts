import { invalidField } from '../../core/errors/index.js';

/** Deeper than any tool schema in use, shallow enough for recursive code. */
const MOST_LEVELS = 100;
const MOST_VALUES = 200_000;

/**
 * Refuses what parses but would choke whoever walks over it: JSON nested too deep or of too many pieces.
 * @throws SwitchboardError `validation_failed`
 */
export function requireBounded(json: unknown): void {
  let left = MOST_VALUES;
  const walk = (value: unknown, levels: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (levels === 0) throw invalidField('body', `is nested deeper than ${MOST_LEVELS} levels`);
    const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    left -= inner.length;
    if (left < 0) throw invalidField('body', `holds more than ${MOST_VALUES} values`);
    for (const each of inner) walk(each, levels - 1);
  };
  walk(json, MOST_LEVELS);
}
