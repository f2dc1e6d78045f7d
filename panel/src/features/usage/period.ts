import type { UsagePeriod } from '../../client/usage';

export const PERIODS = ['7d', '30d', 'month', '90d'] as const;
export type PeriodName = (typeof PERIODS)[number];

const DAY = 86_400_000;

/** Days in UTC, as the ledger counts them. `from` and `to` are the first and last day, `YYYY-MM-DD`. */
export function periodOf(name: PeriodName, now: Date = new Date()): UsagePeriod {
  const to = dayOf(now);
  if (name === 'month') return { from: `${to.slice(0, 8)}01`, to };
  const days = name === '7d' ? 7 : name === '30d' ? 30 : 90;
  return { from: dayOf(new Date(now.getTime() - (days - 1) * DAY)), to };
}

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Every day of a period, so that quiet days are drawn as zero. */
export function daysOf({ from, to }: UsagePeriod): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < 400; at += DAY) days.push(dayOf(new Date(at)));
  return days;
}
