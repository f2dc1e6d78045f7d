/** The four jobs a model can be selected for. */
export const CAPABILITIES = ['chat', 'content', 'image', 'audio'] as const;
export type Capability = (typeof CAPABILITIES)[number];

export interface List<T> {
  readonly data: readonly T[];
  readonly total: number;
  readonly next_cursor: string | null;
}

export type AccessState = 'available_personal' | 'available_shared' | 'no_access' | 'disabled';

export interface KeySummary {
  readonly last4: string;
  readonly fingerprint: string;
  readonly status: string;
  readonly set_at: string | null;
  readonly validated_at?: string | null;
  readonly source?: 'stored' | 'environment';
  readonly reason?: string | null;
}

export interface CapabilitySupport {
  readonly supported: boolean;
  readonly has_dynamic_models?: boolean;
  readonly description?: string | null;
}

export interface CatalogState {
  readonly model_count: number;
  readonly synced_at: string | null;
  readonly stale: boolean;
  readonly error: string | null;
}

export interface Provider {
  readonly slug: string;
  readonly name: string;
  readonly display_name: string;
  readonly description: string | null;
  readonly strategy: string;
  readonly api_base_url: string;
  readonly website: string | null;
  readonly documentation_url: string | null;
  readonly logo_url: string | null;
  readonly capabilities: Readonly<Record<string, CapabilitySupport>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly pricing_info?: unknown;
  readonly allow_personal_keys: boolean;
  readonly allow_shared_for_normal_admins: boolean;
  readonly is_active: boolean;
  readonly is_recommended: boolean;
  readonly sort_order: number;
  readonly has_shared_key: boolean;
  readonly shared_key: KeySummary | null;
  readonly has_personal_key: boolean;
  readonly personal_key?: KeySummary | null;
  readonly access_state: AccessState;
  readonly access_reason: string | null;
  readonly catalog: CatalogState;
  readonly stats: { readonly total_requests: number; readonly last_used_at: string | null };
  /** Of a saved row only: what the change brought with it, for example dropped keys. */
  readonly warnings?: readonly string[];
}

export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly since?: string | null;
}

export interface Pricing {
  readonly input?: string | null;
  readonly output?: string | null;
  readonly cached_input?: string | null;
  readonly image?: string | null;
  readonly characters?: string | null;
  readonly currency?: string;
  readonly source?: string | null;
}

export interface CatalogModel {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly is_free: boolean;
  readonly is_selected: boolean;
  readonly is_active: boolean;
  readonly pricing: Pricing | null;
  readonly context_length: number | null;
  readonly max_output_tokens: number | null;
  readonly modalities?: { readonly input: readonly string[]; readonly output: readonly string[] } | null;
  readonly deprecated_at: string | null;
  readonly missing_since?: string | null;
  readonly first_seen_at?: string | null;
}

export interface CatalogPage {
  readonly provider: string;
  readonly provider_name: string;
  readonly capability: Capability;
  readonly supported: boolean;
  readonly models: readonly CatalogModel[];
  readonly total: number;
  readonly next_cursor: string | null;
  readonly selected_model: string | null;
  readonly synced_at: string | null;
  readonly stale: boolean;
  readonly error: string | null;
}

export interface Selection {
  readonly id: string;
  readonly provider: string;
  readonly provider_name: string;
  readonly capability: Capability;
  readonly model_id: string;
  readonly model_name: string;
  readonly scope: 'shared' | 'personal';
  readonly is_active: boolean;
  readonly is_free: boolean;
  readonly fallback_rank: number | null;
  readonly total_requests: number;
  readonly last_used_at: string | null;
  readonly warnings: readonly Warning[];
  readonly created?: boolean;
  readonly previous?: ModelReference | null;
  readonly verification?: { readonly reply?: string | null; readonly latency_ms?: number | null } | null;
}

export interface ModelReference {
  readonly provider: string;
  readonly model_id: string;
  readonly model_name: string | null;
}

export interface SyncResult {
  readonly provider: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly skipped: number;
  readonly total: number;
  readonly kept_previous: boolean;
  readonly error: string | null;
}

export interface TokenUsage {
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly total_tokens: number | null;
  readonly cached_tokens?: number | null;
  readonly reasoning_tokens?: number | null;
  readonly images?: number | null;
  readonly characters?: number | null;
}

export interface GenerationFacts {
  readonly model: { readonly id: string; readonly name: string | null };
  readonly provider: { readonly slug: string; readonly name: string };
  readonly usage: TokenUsage | null;
  readonly cost_usd: string | null;
  readonly request_id: string;
}
