import { type CreateTokenBody, tokensCreate, tokensList, tokensRevoke, type TokenView } from '../api';
import { stoppable } from './transport';

export const SCOPES = ['generate', 'read', 'manage'] as const;
export type Scope = (typeof SCOPES)[number];
export type ApiToken = TokenView;

export const listTokens = (signal?: AbortSignal) => tokensList({ query: { limit: 200 }, ...stoppable(signal) });
/** The token itself is in the answer once and never again. */
export const createToken = (body: CreateTokenBody) => tokensCreate({ body });
export const revokeToken = (id: string) => tokensRevoke({ path: { id } });
