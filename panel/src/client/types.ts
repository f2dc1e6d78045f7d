import type {
  BrowsedModelView,
  BrowseModelsView,
  CapabilityView,
  KeySummaryView,
  PreviousModelView,
  ProviderView,
  SelectedModelView,
  SelectionView,
  SelectionWarningView,
  SyncResultView,
  VerificationView,
} from '../api';

/** The jobs a model can be selected for. The last two are called through `/v1` only. */
export const CAPABILITIES = ['chat', 'content', 'image', 'audio', 'embedding', 'transcription'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** A name from elsewhere, if it is one of a capability. */
export const capabilityNamed = (name: string | null | undefined): Capability | undefined =>
  CAPABILITIES.find((capability) => capability === name);

export interface List<T> {
  readonly data: readonly T[];
  readonly total: number;
  readonly next_cursor: string | null;
}

export type Provider = Omit<ProviderView, 'capabilities'> & {
  readonly capabilities: Readonly<Record<string, CapabilityView>>;
};
/** A provider just saved, with what the change brought with it, for example dropped keys. */
export type SavedProvider = Provider & { readonly warnings: readonly string[] };
export type CapabilitySupport = CapabilityView;
export type KeySummary = KeySummaryView;
export type Warning = SelectionWarningView;
export type CatalogModel = BrowsedModelView;
export type CatalogPage = Omit<BrowseModelsView, 'models'> & { readonly models: readonly CatalogModel[] };
export type Selection = SelectionView;
export type SelectedModel = SelectedModelView;
/** What a model said to the one call that tried it before a switch. */
export type Verification = VerificationView;
export type ModelReference = PreviousModelView;
export type SyncResult = SyncResultView;

export interface TokenUsage {
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly total_tokens: number | null;
  readonly cached_tokens?: number | null;
  readonly reasoning_tokens?: number | null;
  readonly images?: number | null;
  readonly characters?: number | null;
}

/** What every generation says of itself. */
export interface GenerationFacts {
  readonly model: { readonly id: string; readonly name: string };
  readonly provider: { readonly slug: string; readonly name: string };
  readonly usage: TokenUsage;
  readonly cost_usd: string | null;
  readonly served_by_fallback: boolean;
  readonly request_id: string;
}
