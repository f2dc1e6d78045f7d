/** What a route asks of its callers. The suite checks that every documented route has a row here. */
export interface RouteRule {
  /** `public`: nobody has to be known. `session`: signed in by cookie, answered by the sign-in library's rules. */
  readonly who: 'public' | 'session' | 'admin' | 'superadmin';
  /** What a token needs; either of them suffices. */
  readonly scopes: readonly ('read' | 'manage' | 'generate')[];
  /** A request that an authorised caller may make without harm, and what it answers. */
  readonly path?: string;
  readonly body?: unknown;
  readonly answers: readonly number[];
  /** Makes a call to a model, so that the access to its provider decides. */
  readonly serves?: 'chat' | 'content' | 'image' | 'audio';
}

const ABSENT = '00000000-0000-7000-8000-000000000000';

type Probe = Pick<RouteRule, 'answers'> & Partial<RouteRule>;
const rule = (who: RouteRule['who'], scope: 'read' | 'manage' | 'generate', probe: Probe): RouteRule => ({
  who,
  scopes: [scope],
  ...probe,
});
const read = (answers: readonly number[] = [200], path?: string) =>
  rule('admin', 'read', { answers, ...(path === undefined ? {} : { path }) });
const write = (answers: readonly number[], path?: string, body?: unknown) =>
  rule('admin', 'manage', {
    answers,
    ...(path === undefined ? {} : { path }),
    ...(body === undefined ? {} : { body }),
  });
const superRead = (answers: readonly number[] = [200], path?: string) => ({
  ...read(answers, path),
  who: 'superadmin' as const,
});
const superWrite = (answers: readonly number[], path?: string, body?: unknown) => ({
  ...write(answers, path, body),
  who: 'superadmin' as const,
});
const generate = (serves: NonNullable<RouteRule['serves']>, body: unknown) =>
  rule('admin', 'generate', { answers: [200], serves, body });
const session = (answers: readonly number[]) => rule('session', 'manage', { answers });

/** Every route, with whom it lets in. */
export const ACCESS_POLICY: Readonly<Record<string, RouteRule>> = {
  'GET /api/admin/ai-providers': read(),
  'POST /api/admin/ai-providers': superWrite([400], undefined, {}),
  'GET /api/admin/ai-providers/{slug}': read(),
  'PATCH /api/admin/ai-providers/{slug}': superWrite([404], '/api/admin/ai-providers/absent', { sort_order: 1 }),
  'DELETE /api/admin/ai-providers/{slug}': superWrite([404], '/api/admin/ai-providers/absent'),
  'POST /api/admin/ai-providers/import': superWrite([200], undefined, { dry_run: true }),
  'PUT /api/admin/ai-providers/{slug}/shared-key': superWrite([404], '/api/admin/ai-providers/absent/shared-key', {
    api_key: 'sk-x-1',
  }),
  'DELETE /api/admin/ai-providers/{slug}/shared-key': superWrite([404], '/api/admin/ai-providers/absent/shared-key'),
  'POST /api/admin/ai-providers/{slug}/validate-key': superWrite(
    [404],
    '/api/admin/ai-providers/absent/validate-key',
    {},
  ),
  'POST /api/admin/ai-providers/{slug}/conformance': superWrite(
    [404],
    '/api/admin/ai-providers/absent/conformance',
    {},
  ),
  'GET /api/admin/ai-providers/{slug}/keys': superRead(),
  'POST /api/admin/ai-providers/{slug}/keys': superWrite([400], undefined, {}),
  'DELETE /api/admin/ai-providers/{slug}/keys/{id}': superWrite([404]),
  'PUT /api/admin/ai-settings/{slug}/personal-key': write([400], undefined, {}),
  'DELETE /api/admin/ai-settings/{slug}/personal-key': write([404], '/api/admin/ai-settings/absent/personal-key'),
  'GET /api/admin/ai-settings/{slug}/keys': read(),
  'POST /api/admin/ai-settings/{slug}/keys': write([400], undefined, {}),
  'DELETE /api/admin/ai-settings/{slug}/keys/{id}': write([404]),
  'GET /api/admin/ai-settings': read(),
  'PATCH /api/admin/ai-settings/{slug}': write([404], '/api/admin/ai-settings/absent', { is_active: true }),
  'POST /api/admin/keys/rewrap': superWrite([200], undefined, {}),
  'GET /api/admin/audit': superRead(),
  'GET /api/admin/ai/dashboard/overview': read(),
  'POST /api/admin/ai/dashboard/cache/clear': superWrite([200], undefined, {}),
  'GET /api/admin/ai-models': read(),
  'GET /api/admin/ai-models/browse-models': read(
    [200],
    '/api/admin/ai-models/browse-models?provider=lab&capability=chat',
  ),
  'GET /api/admin/ai-models/changes': read(),
  'GET /api/admin/ai-models/history': read(),
  'POST /api/admin/ai-models/sync': superWrite([404], undefined, { provider: 'absent' }),
  'POST /api/admin/ai-models/select-model': superWrite([400], undefined, {}),
  'POST /api/admin/ai-models/rollback': superWrite([400], undefined, {}),
  'PUT /api/admin/ai-models/fallbacks': superWrite([400], undefined, {}),
  'DELETE /api/admin/ai-models/{id}': write([404]),
  'GET /api/admin/ai-models/scheduled': read(),
  'DELETE /api/admin/ai-models/scheduled/{id}': write([404]),
  'PUT /api/admin/ai-models/{id}/successor': write([404], undefined, { provider: 'lab', model_id: 'priced' }),
  'DELETE /api/admin/ai-models/{id}/successor': write([404]),
  'POST /api/admin/ai/chat/send': generate('chat', { message: 'hello' }),
  'POST /api/admin/ai/content/generate': generate('content', { topic: 'bees', word_count: 10 }),
  'POST /api/admin/ai/image/generate': generate('image', { prompt: 'a bee' }),
  'POST /api/admin/ai/audio/generate': generate('audio', { text: 'hello', format: 'wav' }),
  'GET /api/admin/ai/providers': read(),
  'GET /api/admin/ai/{capability}/models': read([200], '/api/admin/ai/chat/models'),
  'GET /api/admin/ai/usage': read(),
  'GET /api/admin/ai/usage/export': read(),
  'GET /api/admin/ai/generations': read(),
  'GET /api/admin/ai/generations/export': read(),
  'GET /media/{id}': read([404]),
  'POST /v1/chat/completions': generate('chat', { model: 'chat', messages: [{ role: 'user', content: 'hello' }] }),
  'POST /v1/responses': generate('chat', { model: 'chat', input: 'hello' }),
  'POST /v1/messages': generate('chat', {
    model: 'chat',
    max_tokens: 50,
    messages: [{ role: 'user', content: 'hello' }],
  }),
  'POST /v1/images/generations': generate('image', { model: 'image', prompt: 'a bee' }),
  'POST /v1/audio/speech': generate('audio', {
    model: 'audio',
    input: 'hello',
    voice: 'alloy',
    response_format: 'wav',
  }),
  'POST /v1/embeddings': rule('admin', 'generate', { answers: [404], body: { model: 'embedding', input: 'x' } }),
  'POST /v1/audio/transcriptions': rule('admin', 'generate', { answers: [400], body: {} }),
  'GET /v1/models': { ...read(), scopes: ['read', 'generate'] },
  'GET /v1/models/{path}': { ...read([200], '/v1/models/chat'), scopes: ['read', 'generate'] },
  'GET /metrics': superRead([200]),
  'GET /health/live': rule('public', 'read', { answers: [200] }),
  'GET /health/ready': rule('public', 'read', { answers: [200] }),
  'POST /api/auth/sign-in/email': rule('public', 'manage', { answers: [400, 422], body: {} }),
  'GET /api/auth/get-session': rule('public', 'read', { answers: [200] }),
  'POST /api/auth/sign-out': session([200, 400, 401]),
  'POST /api/auth/change-password': session([400, 401, 422]),
  'POST /api/auth/invitations/read': rule('public', 'manage', { answers: [400], body: {} }),
  'POST /api/auth/invitations/accept': rule('public', 'manage', { answers: [400], body: {} }),
  'POST /api/auth/two-factor/enable': session([400, 401, 422]),
  'POST /api/auth/two-factor/disable': session([400, 401, 422]),
  'POST /api/auth/two-factor/get-totp-uri': session([400, 401, 422]),
  'POST /api/auth/two-factor/generate-backup-codes': session([400, 401, 422]),
  'POST /api/auth/two-factor/verify-totp': session([400, 401, 422]),
  'POST /api/auth/two-factor/verify-backup-code': session([400, 401, 422]),
  'GET /api/admin/tokens': read(),
  'POST /api/admin/tokens': write([400], undefined, {}),
  'DELETE /api/admin/tokens/{id}': write([404]),
  'GET /api/admin/admins': superRead(),
  'POST /api/admin/admins': superWrite([400], undefined, {}),
  'GET /api/admin/admins/invitations': superRead(),
  'POST /api/admin/admins/invitations': superWrite([400], undefined, {}),
  'DELETE /api/admin/admins/invitations/{id}': superWrite([404]),
  'PATCH /api/admin/admins/{id}': superWrite([404], `/api/admin/admins/${ABSENT}`, { name: 'x' }),
  'POST /api/admin/admins/{id}/reset-password': superWrite([404], undefined, {}),
  'GET /api/admin/me': read(),
  'PATCH /api/admin/me': write([400], undefined, { role: 'superadmin' }),
  'GET /api/admin/me/sessions': read(),
  'DELETE /api/admin/me/sessions': write([204]),
  'DELETE /api/admin/me/sessions/{id}': write([404]),
};

/** The path with which a rule is tried: the provider `lab`, and ids that nothing has. */
export function probePath(route: string, { path }: RouteRule): string {
  return path ?? route.replace(/^\w+ /, '').replace('{slug}', 'lab').replace('{id}', ABSENT);
}
