import { invalidField } from '../../core/errors/index.js';

const MAX_TEXT = 100_000;

/** Texts of the formats that schemas name; the index makes neighbours in one array differ. */
const FORMATS: Readonly<Record<string, (index: number) => string>> = {
  date: (index) => `2026-01-${String((index % 28) + 1).padStart(2, '0')}`,
  time: (index) => `12:${String(index % 60).padStart(2, '0')}:00Z`,
  'date-time': (index) => `2026-01-01T12:${String(index % 60).padStart(2, '0')}:00Z`,
  duration: (index) => `PT${String(index + 1)}H`,
  email: (index) => `sandbox${String(index + 1)}@example.com`,
  hostname: (index) => `sandbox${String(index + 1)}.example.com`,
  ipv4: (index) => `192.0.2.${String((index % 250) + 1)}`,
  ipv6: (index) => `2001:db8::${((index % 65_535) + 1).toString(16)}`,
  uri: (index) => `https://example.com/sandbox/${String(index + 1)}`,
  url: (index) => `https://example.com/sandbox/${String(index + 1)}`,
  uuid: (index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
};

/**
 * A string that keeps the schema's `format`, `minLength` and `maxLength` (in characters, as JSON Schema counts).
 * A `pattern` is not read: running a caller's expression can take for ever.
 */
export function sampleText(schema: Readonly<Record<string, unknown>>, name: string, index: number): string {
  const minimum = bound(schema['minLength'], 0);
  const maximum = bound(schema['maxLength'], MAX_TEXT);
  if (minimum > MAX_TEXT) throw invalidField('response_format', `a text of ${String(minimum)} characters is too long.`);
  const format = typeof schema['format'] === 'string' ? schema['format'] : '';
  const formatted = Object.hasOwn(FORMATS, format) ? FORMATS[format]?.(index) : undefined;
  return (
    formatted ?? fitText(index === 0 ? `sandbox ${name}` : `${String(index + 1)} sandbox ${name}`, minimum, maximum)
  );
}

/** A number between the schema's bounds that is a multiple of `multipleOf`, whole for `integer`. */
export function sampleNumber(schema: Readonly<Record<string, unknown>>, index: number): number {
  const whole = schema['type'] !== 'number';
  const step = numberOr(schema['multipleOf'], whole ? 1 : 0);
  const unit = step > 0 ? step : 0.5;
  const least = Math.max(numberOr(schema['minimum'], -Infinity), numberOr(schema['exclusiveMinimum'], -Infinity));
  const most = Math.min(numberOr(schema['maximum'], Infinity), numberOr(schema['exclusiveMaximum'], Infinity));
  const isAllowed = (value: number) =>
    value >= numberOr(schema['minimum'], -Infinity) &&
    value <= numberOr(schema['maximum'], Infinity) &&
    value > numberOr(schema['exclusiveMinimum'], -Infinity) &&
    value < numberOr(schema['exclusiveMaximum'], Infinity);
  const start = Number.isFinite(least)
    ? Math.ceil(least / unit)
    : Number.isFinite(most)
      ? Math.floor(most / unit) - index
      : 1;
  const trials = [start + index, start + index + 1, start, start + 1, start - 1].map((count) => tidy(count * unit));
  return trials.find(isAllowed) ?? tidy(Number.isFinite(least + most) ? (least + most) / 2 : least);
}

/** The text cut or repeated until its number of code points lies between the bounds. */
export function fitText(text: string, minimum: number, maximum: number): string {
  let characters = Array.from(text);
  const unit = [' ', ...characters];
  while (characters.length < minimum) characters = characters.concat(unit);
  const length = Math.max(minimum, Math.min(Array.from(text).length, maximum));
  return characters.slice(0, length).join('');
}

/** Takes binary noise such as 0.30000000000000004 away. */
function tidy(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(12));
}

function bound(value: unknown, fallback: number): number {
  return typeof value === 'number' && value >= 0 ? value : fallback;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
