import { SwitchboardError } from '../../core/errors/index.js';

/** A JSON object from a vendor: nothing in it is known before it was looked at. */
export type WireObject = Readonly<Record<string, unknown>>;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one where the vendor sent something else. */
export function objectOf(value: unknown): WireObject {
  return isWireObject(value) ? value : {};
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: unknown): readonly WireObject[] {
  return Array.isArray(value) ? value.filter(isWireObject) : [];
}

/** The string, or undefined. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A finite number from zero up, or undefined. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** A limit in tokens; vendors write 0 for "does not apply". */
export function limitOf(value: unknown): number | null {
  const count = countOf(value);
  return count === undefined || count === 0 ? null : count;
}

/** Parsed JSON, or undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * JSON text of a value that a vendor sent.
 * @throws SwitchboardError `upstream_bad_response` for one nested so deep that it parses but cannot be written again.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new SwitchboardError('upstream_bad_response', 'The provider sent JSON that is nested too deep.', { cause });
  }
}
