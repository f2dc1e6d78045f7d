/** A day of the Persian calendar and the same day as `YYYY-MM-DD`, both in the time zone of the browser. */
export interface JalaliDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly iso: string;
}

const CALENDAR = 'en-u-ca-persian-nu-latn';

/** The days from one on, as the browser's own calendar counts them: no arithmetic of leap years here. */
export function jalaliDays(from: Date, count: number): readonly JalaliDay[] {
  const format = new Intl.DateTimeFormat(CALENDAR, { year: 'numeric', month: 'numeric', day: 'numeric' });
  return Array.from({ length: count }, (_, index) => {
    // At noon no change of the clocks moves it to another day.
    const date = new Date(from.getFullYear(), from.getMonth(), from.getDate() + index, 12);
    const parts = format.formatToParts(date);
    const part = (type: string) => Number(parts.find((piece) => piece.type === type)?.value);
    return { year: part('year'), month: part('month'), day: part('day'), iso: isoDayOf(date) };
  });
}

/** The day nearest to what is wanted: the 31st of a month of thirty days is its last. */
export function nearestDay(
  days: readonly JalaliDay[],
  wanted: Pick<JalaliDay, 'year' | 'month' | 'day'>,
): JalaliDay | undefined {
  const far = (row: JalaliDay) =>
    Math.abs((row.year - wanted.year) * 12 + row.month - wanted.month) * 100 + Math.abs(row.day - wanted.day);
  return [...days].sort((a, b) => far(a) - far(b))[0];
}

/** `YYYY-MM-DD` of a moment, where the browser is. */
export const isoDayOf = (date: Date): string =>
  [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');

const two = (value: number): string => String(value).padStart(2, '0');
