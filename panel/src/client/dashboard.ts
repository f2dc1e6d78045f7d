import {
  overviewClear,
  overviewOverview,
  type OverviewUsageView,
  type OverviewView,
  type OverviewWarningView,
} from '../api';
import { stoppable } from './transport';

export type Overview = OverviewView;
/** What one capability, or all of them, used this month. */
export type MonthUsage = OverviewUsageView;
export type OverviewWarning = OverviewWarningView;

export const readOverview = (signal?: AbortSignal) => overviewOverview(stoppable(signal));
/** Empties the caches of the server; the last good catalogs stay. */
export const clearCache = () => overviewClear();
