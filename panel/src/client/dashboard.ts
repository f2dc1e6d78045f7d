import { overviewClear, overviewOverview, type OverviewWarningView } from '../api';
import { stoppable } from './transport';

export type OverviewWarning = OverviewWarningView;

export const readOverview = (signal?: AbortSignal) => overviewOverview(stoppable(signal));
/** Empties the caches of the server; the last good catalogs stay. */
export const clearCache = () => overviewClear();
