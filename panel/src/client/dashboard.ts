import { request } from './request';
import type { Capability, Warning } from './types';

export interface OverviewWarning extends Warning {
  readonly capability?: Capability | null;
  readonly provider?: string | null;
  readonly model_id?: string | null;
}

export interface OverviewProvider {
  readonly slug: string;
  readonly name: string;
  readonly logo_url: string | null;
  readonly is_active: boolean;
  readonly has_api_key: boolean;
  readonly capabilities: Readonly<Record<string, { readonly supported: boolean; readonly has_model: boolean }>>;
  readonly stats: { readonly total_requests: number; readonly last_used_at: string | null };
}

export interface OverviewSelection {
  readonly provider: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly is_free: boolean;
}

export interface Overview {
  readonly providers: readonly OverviewProvider[];
  readonly selected_models: Readonly<Partial<Record<Capability, OverviewSelection | null>>>;
  readonly usage: unknown;
  readonly warnings: readonly OverviewWarning[];
}

export const readOverview = (signal?: AbortSignal) =>
  request<Overview>('GET', 'api/admin/ai/dashboard/overview', { signal });
export const clearCache = () => request<unknown>('POST', 'api/admin/ai/dashboard/cache/clear', { body: {} });
