const ZONE = /^(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)?$/;

/**
 * Whether a text that looks like `2026-11-20` or `2026-11-20T00:00:00Z` names a day that was or will be, with a zone
 * that PostgreSQL knows. `Date` alone reads the 31st of February as a day of March.
 */
export function isRealTime(text: string): boolean {
  const day = text.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(date.getTime()) &&
    !day.startsWith('0000') &&
    date.toISOString().startsWith(day) &&
    !Number.isNaN(Date.parse(text)) &&
    ZONE.test(text.slice(10).replace(/^T[\d:.]+/, ''))
  );
}
