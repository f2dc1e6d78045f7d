// Generated from openapi.json by scripts/write-client-types.js. Do not edit.

/** Bodies and answers by the name they have in the OpenAPI document. */
export interface Schemas {
  AcceptInvitationBody: { token: string; name: string; password: string };
  AddKeyBody: { api_key: string; label: string; weight?: number };
  AdminListView: { data: Schemas['AdminView'][]; total: number; next_cursor: string | null };
  AdminView: {
    id: string;
    email: string;
    name: string;
    role: 'admin' | 'superadmin';
    is_suspended: boolean;
    suspended_at: string | null;
    two_factor_enabled: boolean;
    created_at: string;
  };
  AudioView: {
    audio: Schemas['SoundView'];
    model: Schemas['UsedModelView'];
    provider: Schemas['UsedProviderView'];
    usage: Schemas['MediaUsageView'];
    cost_usd: string | null;
    served_by_fallback: boolean;
    warnings: Schemas['NotSavedView'][];
    request_id: string;
  };
  AuditEventView: {
    id: string;
    at: string;
    actor: string | null;
    actor_name: string | null;
    token: string | null;
    action: string;
    target: string | null;
    outcome: 'done' | 'refused';
    code: string | null;
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    ip: string | null;
    request_id: string | null;
  };
  AuthSessionView: {
    id: string;
    userId: string;
    expiresAt: string;
    createdAt: string;
    ipAddress: string | null;
    userAgent: string | null;
  };
  AuthUserView: {
    id: string;
    email: string;
    name: string;
    role: 'admin' | 'superadmin';
    emailVerified: boolean;
    twoFactorEnabled: boolean;
    createdAt: string;
    updatedAt: string;
  };
  BackupCodesView: { backupCodes: string[] };
  BrowseModelsView: {
    provider: string;
    provider_name: string;
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    supported: boolean;
    models: Schemas['BrowsedModelView'][];
    total: number;
    next_cursor: string | null;
    selected_model: string | null;
    synced_at: string | null;
    stale: boolean;
    error: string | null;
  };
  BrowsedModelView: {
    id: string;
    name: string;
    description: string | null;
    is_free: boolean;
    is_selected: boolean;
    is_active: boolean;
    pricing: Schemas['PricingView'] | null;
    context_length: number | null;
    max_output_tokens: number | null;
    modalities: Schemas['ModalitiesView'] | null;
    deprecated_at: string | null;
    missing_since: string | null;
    first_seen_at: string | null;
    sources: Record<string, string>;
  };
  CapabilityView: { supported: boolean; has_dynamic_models: boolean; description: string | null };
  CatalogChangeView: {
    id: string;
    at: string;
    provider: string;
    model_id: string;
    model_name: string;
    change: 'new' | 'gone' | 'returned' | 'price' | 'context' | 'deprecated';
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
  };
  CatalogSummaryView: { model_count: number; synced_at: string | null; stale: boolean; error: string | null };
  ChangePasswordBody: { currentPassword: string; newPassword: string; revokeOtherSessions?: boolean };
  ChatAnswerView: {
    message: string;
    reply: string;
    reasoning: string | null;
    tool_calls: Schemas['ToolCallView'][];
    model: Schemas['UsedModelView'];
    provider: Schemas['UsedProviderView'];
    finish_reason: 'stop' | 'length' | 'tool_calls' | 'content_filter';
    usage: Schemas['TokenUsageView'];
    cost_usd: string | null;
    served_by_fallback: boolean;
    request_id: string;
  };
  ChosenModelView: { id: string; name: string; is_free: boolean };
  ClearedView: { cleared: string[] };
  ConformanceBody: { skip?: string[]; chat_model?: string; image_model?: string; speech_model?: string };
  ConformanceRowView: {
    check: 'list' | 'chat' | 'stream' | 'abort' | 'usage' | 'error mapping' | 'image' | 'speech';
    status: 'ok' | 'warning' | 'failed' | 'skipped';
    detail: string;
    duration_ms: number;
  };
  ConformanceView: { provider: string; passed: boolean; checks: Schemas['ConformanceRowView'][] };
  ContentView: {
    title: string;
    meta_title: string;
    meta_description: string;
    slug: string;
    keywords: string[];
    content: string;
    word_count: number;
    warnings: Schemas['ContentWarningView'][];
    model: Schemas['UsedModelView'];
    provider: Schemas['UsedProviderView'];
    usage: Schemas['TokenUsageView'];
    cost_usd: string | null;
    served_by_fallback: boolean;
    request_id: string;
  };
  ContentWarningView: { code: 'word_count_missed' | 'keywords_missing'; message: string };
  CreateAdminBody: { email: string; name: string; password?: string; role: 'admin' | 'superadmin' };
  CreateProviderSchema: {
    slug: string;
    name: string;
    api_base_url: string;
    display_name?: string;
    description?: string | null;
    strategy?: string;
    website?: string | null;
    documentation_url?: string | null;
    logo_url?: string | null;
    env_key?: string | null;
    capabilities?: Record<string, unknown>;
    config?: Record<string, unknown>;
    pricing_info?: Record<string, unknown> | null;
    allow_personal_keys?: boolean;
    allow_shared_for_normal_admins?: boolean;
    is_active?: boolean;
    is_recommended?: boolean;
    sort_order?: number;
    api_key?: string;
  };
  CreateTokenBody: {
    name: string;
    scopes?: ('generate' | 'read' | 'manage')[];
    capabilities?: string[] | null;
    providers?: string[] | null;
    monthly_limit?: number | null;
    monthly_budget_usd?: string | null;
    max_concurrent?: number | null;
    expires_at?: string | null;
  };
  EnrolmentView: { totpURI: string; backupCodes: string[] };
  FallbacksBody: {
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    selection_ids: string[];
  };
  FunctionCallView: { name: string; arguments: string };
  GenerateAudioBody: {
    provider?: string;
    model_id?: string;
    text: string;
    voice?: string;
    speed?: number;
    format?: 'mp3' | 'wav' | 'opus' | 'aac' | 'flac' | 'pcm';
    save_to_media?: boolean;
  };
  GenerateContentBody: {
    provider?: string;
    model_id?: string;
    topic: string;
    word_count?: number;
    tone?: string;
    keywords?: string[];
    language?: string;
    stream?: boolean;
  };
  GenerateImageBody: {
    provider?: string;
    model_id?: string;
    prompt: string;
    size?: string;
    quality?: string;
    n?: number;
    save_to_media?: boolean;
  };
  GenerationView: {
    request_id: string;
    created_at: string;
    admin: string;
    token: string | null;
    capability: string;
    provider: string;
    model_id: string;
    status: 'ok' | 'error' | 'aborted';
    error_code: string | null;
    stream: boolean;
    usage: Schemas['LedgerUsageView'];
    usage_source: ('provider' | 'counted' | 'estimated') | null;
    cost_usd: string | null;
    price_source: string | null;
    latency_ms: number;
    first_token_ms: number | null;
  };
  HistoryMessageBody: {
    role: 'user' | 'assistant' | 'system' | 'tool';
    content: (string | Record<string, unknown>[]) | null;
    tool_calls?: Record<string, unknown>[];
    tool_call_id?: string;
  };
  ImageView: {
    b64_json: string | null;
    mime: string;
    width: number;
    height: number;
    url: string | null;
    media_id: string | null;
  };
  ImagesView: {
    images: Schemas['ImageView'][];
    model: Schemas['UsedModelView'];
    provider: Schemas['UsedProviderView'];
    usage: Schemas['MediaUsageView'];
    cost_usd: string | null;
    served_by_fallback: boolean;
    warnings: Schemas['NotSavedView'][];
    request_id: string;
  };
  ImportBody: { slug?: string; dry_run?: boolean; force?: boolean };
  ImportReportView: {
    created: string[];
    updated: string[];
    skipped: Schemas['SkippedProviderView'][];
    dry_run: boolean;
  };
  InvitationListView: { data: Schemas['InvitationView'][]; total: number; next_cursor: string | null };
  InvitationView: {
    id: string;
    email: string;
    role: 'admin' | 'superadmin';
    status: 'open' | 'accepted' | 'revoked' | 'expired';
    invited_by: string | null;
    created_at: string;
    expires_at: string;
    accepted_at: string | null;
  };
  InviteAdminBody: { email: string; role: 'admin' | 'superadmin'; expires_in_hours?: number };
  InvitedView: { id: string; email: string; name: string; role: 'admin' | 'superadmin' };
  KeySummaryView: {
    last4: string;
    fingerprint: string;
    status: 'unverified' | 'valid' | 'invalid' | 'undecryptable';
    set_at: string | null;
    validated_at: string | null;
    source: 'stored' | 'environment';
  };
  KeyValidationView: { valid: boolean; checked_at: string; reason: string | null };
  LedgerUsageView: {
    prompt_tokens: number | null;
    completion_tokens: number | null;
    total_tokens: number | null;
    cached_tokens: number | null;
    reasoning_tokens: number | null;
    images: number | null;
    characters: number | null;
  };
  ListedKeyView: {
    last4: string;
    fingerprint: string;
    status: 'unverified' | 'valid' | 'invalid' | 'undecryptable';
    set_at: string;
    id: string;
    label: string;
    weight: number;
    is_resting: boolean;
    reason: string | null;
  };
  MeView: {
    id: string;
    email: string | null;
    name: string;
    role: 'admin' | 'superadmin';
    two_factor_enabled: boolean;
    token_scopes: string[] | null;
  };
  MediaUsageView: {
    prompt_tokens: number | null;
    completion_tokens: number | null;
    total_tokens: number | null;
    cached_tokens: number | null;
    reasoning_tokens: number | null;
    images: number | null;
    characters: number | null;
  };
  ModalitiesView: { input: string[]; output: string[] };
  MonthUsageView: {
    month: string;
    requests: number;
    cost_usd: string;
    reserved_requests: number;
    reserved_usd: string;
  };
  MySessionListView: { data: Schemas['MySessionView'][]; total: number; next_cursor: string | null };
  MySessionView: {
    id: string;
    is_current: boolean;
    ip_address: string | null;
    user_agent: string | null;
    created_at: string;
    expires_at: string;
  };
  NewAdminView: { id: string; email: string; name: string; role: 'admin' | 'superadmin'; password?: string };
  NewInvitationView: {
    id: string;
    email: string;
    role: 'admin' | 'superadmin';
    status: 'open' | 'accepted' | 'revoked' | 'expired';
    invited_by: string | null;
    created_at: string;
    expires_at: string;
    accepted_at: string | null;
    token: string;
    link: string;
  };
  NewTokenView: {
    id: string;
    name: string;
    prefix: string;
    scopes: ('generate' | 'read' | 'manage')[];
    capabilities: string[] | null;
    providers: string[] | null;
    monthly_limit: number | null;
    monthly_budget_usd: string | null;
    max_concurrent: number | null;
    expires_at: string | null;
    created_at: string;
    token: string;
  };
  NotSavedView: { code: 'not_saved'; message: string };
  OfferedInvitationView: { email: string; role: 'admin' | 'superadmin'; expires_at: string };
  OpenAiErrorBodySchema: { error: Schemas['OpenAiErrorSchema'] };
  OpenAiErrorSchema: { message: string; type: string; param: string | null; code: string };
  OverviewCapabilityView: {
    supported: boolean;
    has_model: boolean;
    selected_model: Schemas['OverviewModelView'] | null;
  };
  OverviewModelView: { id: string; name: string; is_free: boolean };
  OverviewMonthView: {
    month: string;
    total: Schemas['OverviewUsageView'];
    by_capability?: {
      chat: Schemas['OverviewUsageView'];
      content: Schemas['OverviewUsageView'];
      image: Schemas['OverviewUsageView'];
      audio: Schemas['OverviewUsageView'];
      embedding: Schemas['OverviewUsageView'];
      transcription: Schemas['OverviewUsageView'];
    };
  };
  OverviewProviderView: {
    slug: string;
    name: string;
    logo_url: string | null;
    is_active: boolean;
    has_api_key: boolean;
    capabilities?: {
      chat: Schemas['OverviewCapabilityView'];
      content: Schemas['OverviewCapabilityView'];
      image: Schemas['OverviewCapabilityView'];
      audio: Schemas['OverviewCapabilityView'];
      embedding: Schemas['OverviewCapabilityView'];
      transcription: Schemas['OverviewCapabilityView'];
    };
    stats: Schemas['ProviderStatsView'];
  };
  OverviewSelectionView: { provider: string; model_id: string; model_name: string; is_free: boolean };
  OverviewUsageView: {
    requests: number;
    errors: number;
    total_tokens: number;
    images: number;
    characters: number;
    cost_usd: string;
    unpriced: number;
  };
  OverviewView: {
    providers: Schemas['OverviewProviderView'][];
    selected_models?: {
      chat: Schemas['OverviewSelectionView'] | null;
      content: Schemas['OverviewSelectionView'] | null;
      image: Schemas['OverviewSelectionView'] | null;
      audio: Schemas['OverviewSelectionView'] | null;
      embedding: Schemas['OverviewSelectionView'] | null;
      transcription: Schemas['OverviewSelectionView'] | null;
    };
    usage: Schemas['OverviewMonthView'];
    warnings: Schemas['OverviewWarningView'][];
  };
  OverviewWarningView: {
    code:
      | 'model_unlisted'
      | 'model_missing'
      | 'model_deprecated'
      | 'provider_inactive'
      | 'no_key'
      | 'no_active_model'
      | 'catalog_kept';
    message: string;
    since: string | null;
    capability: ('chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription') | null;
    provider: string | null;
    selection_id: string | null;
  };
  PasswordBody: { password: string };
  PreviousModelView: { provider: string; model_id: string; model_name: string };
  PricingView: {
    input: string | null;
    output: string | null;
    cached_input: string | null;
    image: string | null;
    characters: string | null;
    currency: 'USD';
    source: string;
  };
  ProblemFieldSchema: { field: string; message: string };
  ProblemSchema: {
    type: string;
    title: string;
    status: number;
    code:
      | 'validation_failed'
      | 'unauthenticated'
      | 'forbidden'
      | 'not_found'
      | 'method_not_allowed'
      | 'payload_too_large'
      | 'unsupported_media_type'
      | 'password_not_accepted'
      | 'precondition_failed'
      | 'conflict'
      | 'rate_limited'
      | 'limit_exceeded'
      | 'price_unknown'
      | 'no_active_model'
      | 'provider_not_registered'
      | 'provider_inactive'
      | 'model_not_in_catalog'
      | 'model_no_capability'
      | 'model_unavailable'
      | 'model_access_denied'
      | 'operation_not_supported'
      | 'url_not_allowed'
      | 'shared_api_not_allowed'
      | 'no_api_key_available'
      | 'upstream_rejected'
      | 'upstream_auth_failed'
      | 'upstream_rate_limited'
      | 'upstream_redirect'
      | 'upstream_unavailable'
      | 'upstream_timeout'
      | 'upstream_bad_response'
      | 'service_unavailable'
      | 'internal';
    detail: string;
    instance: string;
    request_id: string;
    errors: Schemas['ProblemFieldSchema'][];
  };
  ProviderKeyView: {
    last4: string;
    fingerprint: string;
    status: 'unverified' | 'valid' | 'invalid' | 'undecryptable';
    set_at: string;
  };
  ProviderStatsView: { total_requests: number; last_used_at: string | null };
  ProviderView: {
    slug: string;
    name: string;
    display_name: string;
    description: string | null;
    strategy: string;
    api_base_url: string;
    website: string | null;
    documentation_url: string | null;
    logo_url: string | null;
    capabilities?: {
      chat: Schemas['CapabilityView'];
      content: Schemas['CapabilityView'];
      image: Schemas['CapabilityView'];
      audio: Schemas['CapabilityView'];
      embedding: Schemas['CapabilityView'];
      transcription: Schemas['CapabilityView'];
    };
    config: Record<string, unknown>;
    pricing_info: Record<string, unknown> | null;
    allow_personal_keys: boolean;
    allow_shared_for_normal_admins: boolean;
    is_active: boolean;
    is_recommended: boolean;
    sort_order: number;
    has_shared_key: boolean;
    shared_key: Schemas['KeySummaryView'] | null;
    has_personal_key: boolean;
    personal_key: Schemas['KeySummaryView'] | null;
    access_state: 'available_personal' | 'available_shared' | 'no_access' | 'disabled';
    access_reason: string;
    catalog: Schemas['CatalogSummaryView'];
    stats: Schemas['ProviderStatsView'];
  };
  ReadInvitationBody: { token: string };
  ResetPasswordBody: { password?: string; keep_tokens?: boolean; remove_two_factor?: boolean };
  ResetPasswordView: {
    id: string;
    email: string;
    name: string;
    role: 'admin' | 'superadmin';
    password?: string;
    revoked_tokens: number;
  };
  RewrapBody: { limit?: number };
  RewrapReportView: { key_id: string; rewrapped: number; undecryptable: number; remaining: number };
  RollbackBody: {
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    scope?: 'shared' | 'personal';
  };
  SavedProviderView: {
    slug: string;
    name: string;
    display_name: string;
    description: string | null;
    strategy: string;
    api_base_url: string;
    website: string | null;
    documentation_url: string | null;
    logo_url: string | null;
    capabilities?: {
      chat: Schemas['CapabilityView'];
      content: Schemas['CapabilityView'];
      image: Schemas['CapabilityView'];
      audio: Schemas['CapabilityView'];
      embedding: Schemas['CapabilityView'];
      transcription: Schemas['CapabilityView'];
    };
    config: Record<string, unknown>;
    pricing_info: Record<string, unknown> | null;
    allow_personal_keys: boolean;
    allow_shared_for_normal_admins: boolean;
    is_active: boolean;
    is_recommended: boolean;
    sort_order: number;
    has_shared_key: boolean;
    shared_key: Schemas['KeySummaryView'] | null;
    has_personal_key: boolean;
    personal_key: Schemas['KeySummaryView'] | null;
    access_state: 'available_personal' | 'available_shared' | 'no_access' | 'disabled';
    access_reason: string;
    catalog: Schemas['CatalogSummaryView'];
    stats: Schemas['ProviderStatsView'];
    warnings: string[];
  };
  SecondFactorBody: { code: string; trustDevice?: boolean };
  SelectModelBody: {
    provider: string;
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    model_id: string;
    model_name?: string;
    is_free?: boolean;
    scope?: 'shared' | 'personal';
    activate?: boolean;
    verify?: boolean;
    force?: boolean;
    activate_at?: string;
  };
  SelectedModelView: {
    id: string;
    provider: string;
    provider_name: string;
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    model_id: string;
    model_name: string;
    scope: 'shared' | 'personal';
    is_active: boolean;
    is_free: boolean;
    fallback_rank: number | null;
    total_requests: number;
    last_used_at: string | null;
    warnings: Schemas['SelectionWarningView'][];
    successor: Schemas['SuggestedModelView'] | null;
    activate_at: string | null;
    created: boolean;
    previous: Schemas['PreviousModelView'] | null;
    verification: Schemas['VerificationView'] | null;
  };
  SelectionEventView: {
    id: string;
    at: string;
    actor: string;
    action: 'select' | 'rollback' | 'remove' | 'successor' | 'schedule';
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    scope: 'shared' | 'personal';
    from: Schemas['PreviousModelView'] | null;
    to: Schemas['PreviousModelView'] | null;
    reason: string | null;
  };
  SelectionView: {
    id: string;
    provider: string;
    provider_name: string;
    capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    model_id: string;
    model_name: string;
    scope: 'shared' | 'personal';
    is_active: boolean;
    is_free: boolean;
    fallback_rank: number | null;
    total_requests: number;
    last_used_at: string | null;
    warnings: Schemas['SelectionWarningView'][];
    successor: Schemas['SuggestedModelView'] | null;
    activate_at: string | null;
  };
  SelectionWarningView: {
    code: 'model_unlisted' | 'model_missing' | 'model_deprecated' | 'provider_inactive' | 'no_key';
    message: string;
    since: string | null;
    suggested: Schemas['SuggestedModelView'] | null;
  };
  SendChatBody: {
    provider?: string;
    model_id?: string;
    message: string | Record<string, unknown>[];
    conversation_history?: Schemas['HistoryMessageBody'][];
    system_message?: string;
    temperature?: number;
    max_tokens?: number;
    tools?: Record<string, unknown>[];
    tool_choice?: string | Record<string, unknown>;
    stream?: boolean;
  };
  SessionView: { session: Schemas['AuthSessionView']; user: Schemas['AuthUserView'] };
  SetKeyBody: { api_key: string };
  SettingView: {
    provider: string;
    provider_name: string;
    admin: string;
    use_shared_api: boolean;
    is_active: boolean;
    monthly_limit: number | null;
    monthly_budget_usd: string | null;
    unknown_price: 'refuse' | 'allow' | 'ceiling';
    unknown_price_ceiling_usd: string | null;
    access_state: ('available_personal' | 'available_shared' | 'no_access' | 'disabled') | null;
    access_reason: string | null;
    usage: Schemas['MonthUsageView'];
  };
  SignInBody: { email: string; password: string; rememberMe?: boolean };
  SignInView: {
    redirect: boolean;
    user?: Schemas['AuthUserView'];
    twoFactorRedirect?: boolean;
    twoFactorMethods?: string[];
  };
  SignedUserView: { user: Schemas['AuthUserView'] };
  SkippedProviderView: { slug: string; reason: 'unchanged' | 'edited by hand' | 'known' };
  SoundView: {
    b64: string | null;
    mime: string;
    duration_seconds: number | null;
    url: string | null;
    media_id: string | null;
  };
  SuccessView: { success: boolean };
  SuccessorBody: { provider: string; model_id: string };
  SuggestedModelView: { provider: string; model_id: string; model_name: string };
  SyncBody: {
    provider?: string;
    capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    dry_run?: boolean;
    accept?: boolean;
  };
  SyncReportView: { results: Schemas['SyncResultView'][]; dry_run: boolean };
  SyncResultView: {
    provider: string;
    added: number;
    removed: number;
    changed: number;
    skipped: number;
    total: number;
    kept_previous: boolean;
    not_modified: boolean;
    error: string | null;
    warnings: string[];
  };
  TokenListView: { data: Schemas['TokenView'][]; total: number; next_cursor: string | null };
  TokenOwnerView: { id: string; name: string; email: string };
  TokenUsageView: {
    prompt_tokens: number;
    completion_tokens: number;
    total_tokens: number;
    cached_tokens: number | null;
    reasoning_tokens: number | null;
  };
  TokenView: {
    id: string;
    name: string;
    prefix: string;
    scopes: ('generate' | 'read' | 'manage')[];
    capabilities: string[] | null;
    providers: string[] | null;
    monthly_limit: number | null;
    monthly_budget_usd: string | null;
    max_concurrent: number | null;
    expires_at: string | null;
    created_at: string;
    last_used_at: string | null;
    admin: Schemas['TokenOwnerView'] | null;
  };
  ToolCallView: { id: string; type: 'function'; function: Schemas['FunctionCallView'] };
  TotpUriView: { totpURI: string };
  UpdateAdminBody: { email?: string; name?: string; role?: 'admin' | 'superadmin'; is_suspended?: boolean };
  UpdateMeBody: { name?: string; current_password?: string; new_password?: string };
  UpdateProviderSchema: {
    slug?: string;
    name?: string;
    api_base_url?: string;
    display_name?: string;
    description?: string | null;
    strategy?: string;
    website?: string | null;
    documentation_url?: string | null;
    logo_url?: string | null;
    env_key?: string | null;
    capabilities?: Record<string, unknown>;
    config?: Record<string, unknown>;
    pricing_info?: Record<string, unknown> | null;
    allow_personal_keys?: boolean;
    allow_shared_for_normal_admins?: boolean;
    is_active?: boolean;
    is_recommended?: boolean;
    sort_order?: number;
    api_key?: string;
  };
  UpdateSettingBody: {
    use_shared_api?: boolean;
    is_active?: boolean;
    monthly_limit?: number | null;
    monthly_budget_usd?: string | null;
    unknown_price?: 'refuse' | 'allow' | 'ceiling';
    unknown_price_ceiling_usd?: string | null;
  };
  UsableModelView: {
    id: string;
    name: string;
    description: string | null;
    is_free: boolean;
    is_selected: boolean;
    is_active: boolean;
    pricing: Schemas['PricingView'] | null;
    context_length: number | null;
    max_output_tokens: number | null;
    modalities: Schemas['ModalitiesView'] | null;
    deprecated_at: string | null;
    missing_since: string | null;
    first_seen_at: string | null;
    sources: Record<string, string>;
    provider: string;
    provider_name: string;
    access_state: 'available_personal' | 'available_shared' | 'no_access' | 'disabled';
    access_reason: string;
  };
  UsableProviderView: {
    slug: string;
    name: string;
    logo_url: string | null;
    capabilities: ('chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription')[];
    access_state: 'available_personal' | 'available_shared' | 'no_access' | 'disabled';
    access_reason: string;
    is_recommended: boolean;
    selected_model: Schemas['ChosenModelView'] | null;
  };
  UsageRowView: {
    group: string;
    requests: number;
    errors: number;
    aborted: number;
    prompt_tokens: number;
    completion_tokens: number;
    cached_tokens: number;
    reasoning_tokens: number;
    images: number;
    characters: number;
    cost_usd: string;
    unpriced: number;
    average_latency_ms: number | null;
  };
  UsedModelView: { id: string; name: string };
  UsedProviderView: { slug: string; name: string };
  ValidateKeyBody: { scope?: 'shared' | 'personal' };
  VerificationView: { reply: string | null; bytes: number | null; latency_ms: number };
}

/** Every operation, as `METHOD path`. */
export interface Operations {
  'DELETE /api/admin/admins/invitations/{id}': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-models/scheduled/{id}': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-models/{id}': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-models/{id}/successor': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-providers/{slug}': {
    path: { slug: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-providers/{slug}/keys/{id}': {
    path: { slug: string; id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-providers/{slug}/shared-key': {
    path: { slug: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-settings/{slug}/keys/{id}': {
    path: { slug: string; id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/ai-settings/{slug}/personal-key': {
    path: { slug: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/me/sessions': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/me/sessions/{id}': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'DELETE /api/admin/tokens/{id}': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: undefined;
  };
  'GET /api/admin/admins': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['AdminListView'];
  };
  'GET /api/admin/admins/invitations': {
    path: Record<string, never>;
    query: { cursor?: string; limit?: number };
    body: undefined;
    answer: Schemas['InvitationListView'];
  };
  'GET /api/admin/ai-models': {
    path: Record<string, never>;
    query: { provider?: string; capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription' };
    body: undefined;
    answer: { data: Schemas['SelectionView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-models/browse-models': {
    path: Record<string, never>;
    query: {
      provider: string;
      capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
      q?: string;
      free?: boolean;
      new_within_days?: number;
      cursor?: string;
      limit?: number;
    };
    body: undefined;
    answer: Schemas['BrowseModelsView'];
  };
  'GET /api/admin/ai-models/changes': {
    path: Record<string, never>;
    query: {
      cursor?: string;
      limit?: number;
      provider?: string;
      since?: string;
      change?: 'new' | 'gone' | 'returned' | 'price' | 'context' | 'deprecated';
    };
    body: undefined;
    answer: { data: Schemas['CatalogChangeView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-models/history': {
    path: Record<string, never>;
    query: {
      cursor?: string;
      limit?: number;
      capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
    };
    body: undefined;
    answer: { data: Schemas['SelectionEventView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-models/scheduled': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Schemas['SelectedModelView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-providers': {
    path: Record<string, never>;
    query: { capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription' };
    body: undefined;
    answer: { data: Schemas['ProviderView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-providers/{slug}': {
    path: { slug: string };
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['ProviderView'];
  };
  'GET /api/admin/ai-providers/{slug}/keys': {
    path: { slug: string };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Schemas['ListedKeyView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-settings': {
    path: Record<string, never>;
    query: { admin_id?: string };
    body: undefined;
    answer: { data: Schemas['SettingView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai-settings/{slug}/keys': {
    path: { slug: string };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Schemas['ListedKeyView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai/dashboard/overview': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['OverviewView'];
  };
  'GET /api/admin/ai/generations': {
    path: Record<string, never>;
    query: {
      capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
      provider?: string;
      model_id?: string;
      status?: 'ok' | 'error' | 'aborted';
      admin_id?: string;
      from?: string;
      to?: string;
      cursor?: string;
      limit?: number;
    };
    body: undefined;
    answer: { data: Schemas['GenerationView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai/generations/export': {
    path: Record<string, never>;
    query: {
      capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription';
      provider?: string;
      model_id?: string;
      status?: 'ok' | 'error' | 'aborted';
      admin_id?: string;
      from?: string;
      to?: string;
      format?: 'csv' | 'json';
    };
    body: undefined;
    answer: Record<string, unknown>[];
  };
  'GET /api/admin/ai/providers': {
    path: Record<string, never>;
    query: { capability?: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription' };
    body: undefined;
    answer: { data: Schemas['UsableProviderView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai/usage': {
    path: Record<string, never>;
    query: { from?: string; to?: string; group_by?: 'day' | 'admin' | 'provider' | 'model' | 'capability' };
    body: undefined;
    answer: { data: Schemas['UsageRowView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/ai/usage/export': {
    path: Record<string, never>;
    query: {
      from?: string;
      to?: string;
      group_by?: 'day' | 'admin' | 'provider' | 'model' | 'capability';
      format?: 'csv' | 'json';
    };
    body: undefined;
    answer: Record<string, unknown>[];
  };
  'GET /api/admin/ai/{capability}/models': {
    path: { capability: 'chat' | 'content' | 'image' | 'audio' | 'embedding' | 'transcription' };
    query: { cursor?: string; limit?: number };
    body: undefined;
    answer: { data: Schemas['UsableModelView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/audit': {
    path: Record<string, never>;
    query: {
      cursor?: string;
      limit?: number;
      actor?: string;
      action?: string;
      target?: string;
      outcome?: 'done' | 'refused';
    };
    body: undefined;
    answer: { data: Schemas['AuditEventView'][]; total: number; next_cursor: string | null };
  };
  'GET /api/admin/me': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['MeView'];
  };
  'GET /api/admin/me/sessions': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['MySessionListView'];
  };
  'GET /api/admin/tokens': {
    path: Record<string, never>;
    query: { cursor?: string; limit?: number };
    body: undefined;
    answer: Schemas['TokenListView'];
  };
  'GET /api/auth/get-session': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['SessionView'] | null;
  };
  'GET /health/live': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { status?: 'ok' };
  };
  'GET /health/ready': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: {
      status: 'ok' | 'unavailable';
      checks: {
        database?: 'ok' | 'failing' | 'starting' | 'draining';
        migrations?: 'ok' | 'failing' | 'starting' | 'draining';
        keys?: 'ok' | 'failing' | 'starting' | 'draining';
        server?: 'ok' | 'failing' | 'starting' | 'draining';
      };
    };
  };
  'GET /media/{id}': {
    path: { id: string };
    query: { signature?: unknown; expires?: unknown };
    body: undefined;
    answer: unknown;
  };
  'GET /metrics': { path: Record<string, never>; query: Record<string, never>; body: undefined; answer: unknown };
  'GET /v1/models': {
    path: Record<string, never>;
    query: { all?: 'true' | 'false' };
    body: undefined;
    answer: Record<string, unknown>;
  };
  'GET /v1/models/{path}': {
    path: { id: string };
    query: Record<string, never>;
    body: undefined;
    answer: Record<string, unknown>;
  };
  'PATCH /api/admin/admins/{id}': {
    path: { id: string };
    query: Record<string, never>;
    body: Schemas['UpdateAdminBody'];
    answer: Schemas['AdminView'];
  };
  'PATCH /api/admin/ai-providers/{slug}': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['UpdateProviderSchema'];
    answer: Schemas['SavedProviderView'];
  };
  'PATCH /api/admin/ai-settings/{slug}': {
    path: { slug: string };
    query: { admin_id?: string };
    body: Schemas['UpdateSettingBody'];
    answer: Schemas['SettingView'];
  };
  'PATCH /api/admin/me': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['UpdateMeBody'];
    answer: Schemas['MeView'];
  };
  'POST /api/admin/admins': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['CreateAdminBody'];
    answer: Schemas['NewAdminView'];
  };
  'POST /api/admin/admins/invitations': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['InviteAdminBody'];
    answer: Schemas['NewInvitationView'];
  };
  'POST /api/admin/admins/{id}/reset-password': {
    path: { id: string };
    query: Record<string, never>;
    body: Schemas['ResetPasswordBody'];
    answer: Schemas['ResetPasswordView'];
  };
  'POST /api/admin/ai-models/rollback': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['RollbackBody'];
    answer: Schemas['SelectedModelView'];
  };
  'POST /api/admin/ai-models/select-model': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['SelectModelBody'];
    answer: Schemas['SelectedModelView'];
  };
  'POST /api/admin/ai-models/sync': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['SyncBody'];
    answer: Schemas['SyncReportView'];
  };
  'POST /api/admin/ai-providers': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['CreateProviderSchema'];
    answer: Schemas['SavedProviderView'];
  };
  'POST /api/admin/ai-providers/import': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['ImportBody'];
    answer: Schemas['ImportReportView'];
  };
  'POST /api/admin/ai-providers/{slug}/conformance': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['ConformanceBody'];
    answer: Schemas['ConformanceView'];
  };
  'POST /api/admin/ai-providers/{slug}/keys': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['AddKeyBody'];
    answer: Schemas['ListedKeyView'];
  };
  'POST /api/admin/ai-providers/{slug}/validate-key': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['ValidateKeyBody'];
    answer: Schemas['KeyValidationView'];
  };
  'POST /api/admin/ai-settings/{slug}/keys': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['AddKeyBody'];
    answer: Schemas['ListedKeyView'];
  };
  'POST /api/admin/ai/audio/generate': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['GenerateAudioBody'];
    answer: Schemas['AudioView'];
  };
  'POST /api/admin/ai/chat/send': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['SendChatBody'];
    answer: Schemas['ChatAnswerView'];
  };
  'POST /api/admin/ai/content/generate': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['GenerateContentBody'];
    answer: Schemas['ContentView'];
  };
  'POST /api/admin/ai/dashboard/cache/clear': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['ClearedView'];
  };
  'POST /api/admin/ai/image/generate': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['GenerateImageBody'];
    answer: Schemas['ImagesView'];
  };
  'POST /api/admin/keys/rewrap': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['RewrapBody'];
    answer: Schemas['RewrapReportView'];
  };
  'POST /api/admin/tokens': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['CreateTokenBody'];
    answer: Schemas['NewTokenView'];
  };
  'POST /api/auth/change-password': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['ChangePasswordBody'];
    answer: Schemas['SignedUserView'];
  };
  'POST /api/auth/invitations/accept': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['AcceptInvitationBody'];
    answer: Schemas['InvitedView'];
  };
  'POST /api/auth/invitations/read': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['ReadInvitationBody'];
    answer: Schemas['OfferedInvitationView'];
  };
  'POST /api/auth/sign-in/email': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['SignInBody'];
    answer: Schemas['SignInView'];
  };
  'POST /api/auth/sign-out': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Schemas['SuccessView'];
  };
  'POST /api/auth/two-factor/disable': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['PasswordBody'];
    answer: Schemas['SuccessView'];
  };
  'POST /api/auth/two-factor/enable': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['PasswordBody'];
    answer: Schemas['EnrolmentView'];
  };
  'POST /api/auth/two-factor/generate-backup-codes': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['PasswordBody'];
    answer: Schemas['BackupCodesView'];
  };
  'POST /api/auth/two-factor/get-totp-uri': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['PasswordBody'];
    answer: Schemas['TotpUriView'];
  };
  'POST /api/auth/two-factor/verify-backup-code': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['SecondFactorBody'];
    answer: Schemas['SignedUserView'];
  };
  'POST /api/auth/two-factor/verify-totp': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['SecondFactorBody'];
    answer: Schemas['SignedUserView'];
  };
  'POST /v1/audio/speech': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, unknown>;
    answer: unknown;
  };
  'POST /v1/audio/transcriptions': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: Record<string, unknown>;
  };
  'POST /v1/chat/completions': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, unknown>;
    answer: Record<string, unknown>;
  };
  'POST /v1/embeddings': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, unknown>;
    answer: Record<string, unknown>;
  };
  'POST /v1/images/generations': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, unknown>;
    answer: Record<string, unknown>;
  };
  'POST /v1/messages': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, unknown>;
    answer: Record<string, unknown>;
  };
  'POST /v1/responses': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, unknown>;
    answer: Record<string, unknown>;
  };
  'PUT /api/admin/ai-models/fallbacks': {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Schemas['FallbacksBody'];
    answer: { data: Schemas['SelectionView'][]; total: number; next_cursor: string | null };
  };
  'PUT /api/admin/ai-models/{id}/successor': {
    path: { id: string };
    query: Record<string, never>;
    body: Schemas['SuccessorBody'];
    answer: Schemas['SelectionView'];
  };
  'PUT /api/admin/ai-providers/{slug}/shared-key': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['SetKeyBody'];
    answer: Schemas['ProviderKeyView'];
  };
  'PUT /api/admin/ai-settings/{slug}/personal-key': {
    path: { slug: string };
    query: Record<string, never>;
    body: Schemas['SetKeyBody'];
    answer: Schemas['ProviderKeyView'];
  };
}
