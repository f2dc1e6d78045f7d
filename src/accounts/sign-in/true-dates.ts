const INSTANT = /^(\d{4,}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2})(:\d{2})?$/;
const INSTANT_COLUMN = /_(at|until)$/;

/**
 * A Kysely plugin that makes dates of the instants that MikroORM's connections hand out as text. Without it
 * better-auth would compare text with dates, and no session would ever expire.
 */
export const trueDates = {
  transformQuery: <N>({ node }: { readonly node: N }): N => node,
  transformResult: async <R extends { readonly rows: Record<string, unknown>[] }>({
    result,
  }: {
    readonly result: R;
  }) => ({
    ...result,
    rows: result.rows.map(reviveRow),
  }),
};

function reviveRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      INSTANT_COLUMN.test(column) && typeof value === 'string' ? reviveInstant(value) : value,
    ]),
  );
}

/** @throws Error when the text is no instant of PostgreSQL's, because guessing would mean a session that never ends */
export function reviveInstant(text: string): Date {
  const date = new Date(
    text.replace(INSTANT, (_, day, time, hours, minutes = ':00') => `${day}T${time}${hours}${minutes}`),
  );
  if (Number.isNaN(date.getTime())) throw new Error(`Not an instant: "${text}"`);
  return date;
}
