export type Language = 'en' | 'fa';
export type Digits = 'latin' | 'persian';

/** Every way in which the panel writes numbers, money and times. All by `Intl`; Persian dates are Jalali. */
export interface Formats {
  readonly number: (value: number | null | undefined) => string;
  readonly compact: (value: number | null | undefined) => string;
  readonly percent: (value: number) => string;
  readonly money: (value: string | number | null | undefined) => string;
  readonly price: (value: string | null | undefined) => string;
  readonly duration: (milliseconds: number | null | undefined) => string;
  readonly date: (value: string | Date | null | undefined) => string;
  readonly dateTime: (value: string | Date | null | undefined) => string;
  readonly dayShort: (value: string | Date) => string;
  readonly relative: (value: string | null | undefined, now?: number) => string;
}

const NOTHING = '–';

// Left-to-right isolate: after a Persian letter "$1" would stand as "1$".
const isolate = (text: string): string => `\u2066${text}\u2069`;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** @param fallback what is written for an unknown value; an unknown price is never 0. */
export function makeFormats(language: Language, digits: Digits): Formats {
  const numbering = digits === 'persian' ? 'arabext' : 'latn';
  const locale = language === 'fa' ? `fa-IR-u-ca-persian-nu-${numbering}` : `en-GB-u-nu-${numbering}`;
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const compact = new Intl.NumberFormat(`en-u-nu-${numbering}`, {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const digitsOnly = (minimum: number, maximum: number) =>
    new Intl.NumberFormat(`en-u-nu-${numbering}`, { minimumFractionDigits: minimum, maximumFractionDigits: maximum });
  const cents = digitsOnly(2, 2);
  const fine = new Intl.NumberFormat(`en-u-nu-${numbering}`, { maximumSignificantDigits: 2, maximumFractionDigits: 8 });
  const seconds = digitsOnly(1, 1);
  const date = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' });
  const dateTime = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const dayShort = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

  const money = (value: string | number | null | undefined): string => {
    if (value === null || value === undefined || value === '') return NOTHING;
    const amount = Number(value);
    if (!Number.isFinite(amount)) return NOTHING;
    if (amount === 0) return `$${plain.format(0)}`;
    return `$${Math.abs(amount) < 0.1 ? fine.format(amount) : cents.format(amount)}`;
  };
  const whole = (value: Date | string | null | undefined, format: Intl.DateTimeFormat): string => {
    if (!value) return NOTHING;
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? NOTHING : format.format(moment);
  };
  const apart = language === 'fa' ? isolate : (text: string) => text;
  return {
    number: (value) => (value === null || value === undefined ? NOTHING : plain.format(value)),
    compact: (value) => (value === null || value === undefined ? NOTHING : apart(compact.format(value))),
    percent: (value) => apart(percent.format(value)),
    money: (value) => apart(money(value)),
    price: (value) => apart(money(value)),
    duration: (milliseconds) => {
      if (milliseconds === null || milliseconds === undefined) return NOTHING;
      return apart(
        milliseconds < 1000
          ? `${plain.format(Math.round(milliseconds))} ms`
          : `${seconds.format(milliseconds / 1000)} s`,
      );
    },
    date: (value) => whole(value, date),
    dateTime: (value) => whole(value, dateTime),
    dayShort: (value) => whole(value, dayShort),
    relative: (value, now = Date.now()) => {
      if (!value) return NOTHING;
      const ahead = (new Date(value).getTime() - now) / 1000;
      if (Number.isNaN(ahead)) return NOTHING;
      for (const [unit, size] of UNITS)
        if (Math.abs(ahead) >= size) return relative.format(Math.trunc(ahead / size), unit);
      return relative.format(Math.trunc(ahead), 'second');
    },
  };
}
