import { type AuditEventView, auditList } from '../api';
import { given, stoppable } from './transport';

export type AuditEvent = AuditEventView;
export type Outcome = AuditEvent['outcome'];

export const listAudit = (outcome: Outcome | null, cursor: string | null, signal?: AbortSignal) =>
  auditList({ query: { limit: 50, ...given({ outcome, cursor }) }, ...stoppable(signal) });
