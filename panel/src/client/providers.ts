import { readTagged, request, segment } from './request';
import type { KeySummary, List, Provider } from './types';

export interface NewProvider {
  readonly slug: string;
  readonly name: string;
  readonly api_base_url: string;
  readonly [field: string]: unknown;
}

export interface KeyVerdict {
  readonly valid: boolean;
  readonly checked_at: string;
  readonly reason: string | null;
}

/** What this admin may do with a provider, and how much is left of it. */
export interface ProviderSetting {
  readonly provider: string;
  readonly provider_name?: string | null;
  readonly use_shared_api: boolean;
  readonly is_active: boolean;
  readonly monthly_limit: number | null;
  readonly monthly_budget_usd: string | null;
  readonly requests_this_month?: number | null;
  readonly cost_this_month_usd?: string | null;
  readonly has_personal_key?: boolean;
  readonly personal_key?: KeySummary | null;
}

const path = (slug: string) => `api/admin/ai-providers/${segment(slug)}`;
const settingPath = (slug: string) => `api/admin/ai-settings/${segment(slug)}`;

export const listProviders = (signal?: AbortSignal) =>
  request<List<Provider>>('GET', 'api/admin/ai-providers', { signal });
export const readProvider = (slug: string, signal?: AbortSignal) => readTagged<Provider>(path(slug), { signal });
export const createProvider = (body: NewProvider) => request<Provider>('POST', 'api/admin/ai-providers', { body });
export const updateProvider = (slug: string, body: Readonly<Record<string, unknown>>, ifMatch?: string | null) =>
  request<Provider>('PATCH', path(slug), { body, ifMatch });
export const deleteProvider = (slug: string) => request<void>('DELETE', path(slug));
export const putSharedKey = (slug: string, apiKey: string) =>
  request<KeySummary>('PUT', `${path(slug)}/shared-key`, { body: { api_key: apiKey } });
export const deleteSharedKey = (slug: string) => request<void>('DELETE', `${path(slug)}/shared-key`);
export const validateKey = (slug: string, scope: 'shared' | 'personal') =>
  request<KeyVerdict>('POST', `${path(slug)}/validate-key`, { body: { scope } });

export const listSettings = (signal?: AbortSignal) =>
  request<List<ProviderSetting>>('GET', 'api/admin/ai-settings', { signal });
export const updateSetting = (
  slug: string,
  body: Partial<Pick<ProviderSetting, 'use_shared_api' | 'is_active' | 'monthly_limit' | 'monthly_budget_usd'>>,
  adminId?: string,
) => request<ProviderSetting>('PATCH', settingPath(slug), { body, query: { admin_id: adminId } });
export const putPersonalKey = (slug: string, apiKey: string) =>
  request<KeySummary>('PUT', `${settingPath(slug)}/personal-key`, { body: { api_key: apiKey } });
export const deletePersonalKey = (slug: string) => request<void>('DELETE', `${settingPath(slug)}/personal-key`);
