import { IntersectionType } from '@nestjs/swagger';
import { ChoiceField, isRealTime, PageQuery, TextField } from '../core/http/index.js';
import { CAPABILITY_NAMES, type Capability } from '../providers/index.js';
import { USAGE_GROUPS, type UsageGroup } from './queries/usage-report.query.js';

const DAY = {
  max: 10,
  pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  patternMessage: 'must be a day like 2026-11-20',
  accepts: isRealTime,
};
const TIME = {
  max: 40,
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/,
  patternMessage: 'must be a time like 2026-11-20T00:00:00Z',
  accepts: isRealTime,
};

/** Which days, summed up how. */
export class UsageQuery {
  @TextField({ ...DAY, optional: true, description: 'First day, UTC. Default: the first of this month.' })
  from?: string;
  @TextField({ ...DAY, optional: true, description: 'Last day, inclusive. Default: today.' }) to?: string;
  @ChoiceField(Object.keys(USAGE_GROUPS), { optional: true, default: 'day' }) group_by?: UsageGroup;
}

/** Which rows of the ledger. */
export class GenerationsFilterQuery {
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
  @TextField({ max: 100, optional: true }) provider?: string;
  @TextField({ max: 300, optional: true }) model_id?: string;
  @ChoiceField(['ok', 'error', 'aborted'], { optional: true }) status?: string;
  @TextField({ max: 200, optional: true, description: 'Superadmins: the rows of one admin.' }) admin_id?: string;
  @TextField({ ...TIME, optional: true, description: 'Not before.' }) from?: string;
  @TextField({ ...TIME, optional: true, description: 'Before.' }) to?: string;
}

/** The same, page by page. */
export class GenerationsQuery extends IntersectionType(GenerationsFilterQuery, PageQuery) {}

export class UsageExportQuery extends UsageQuery {
  @ChoiceField(['csv', 'json'], { optional: true, default: 'csv' }) format?: 'csv' | 'json';
}

export class GenerationsExportQuery extends GenerationsFilterQuery {
  @ChoiceField(['csv', 'json'], { optional: true, default: 'csv' }) format?: 'csv' | 'json';
}

/** The report a query asks for; without days, the running month. */
export function reportOptions(query: UsageQuery, now: Date) {
  const today = now.toISOString().slice(0, 10);
  const { from = `${today.slice(0, 7)}-01`, to = today, group_by: groupBy = 'day' } = query;
  return { from, to, groupBy };
}
