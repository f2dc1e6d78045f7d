import { SwitchboardError } from '../../core/errors/index.js';
import { demandedTags, tagOf } from '../../core/http/index.js';
import type { Capability } from '../../providers/index.js';

/** What of a selection an administrator decides; use counts are none of it. */
export interface TaggedSelection {
  readonly id: string;
  readonly owner?: string | null | undefined;
  readonly capability: Capability;
  readonly modelId: string;
  readonly isActive: boolean;
  readonly fallbackRank?: number | null | undefined;
  readonly successorModelId?: string | null | undefined;
}

const EMPTY = '-';

/**
 * The entity tag of an admin's view of some capabilities: per capability a digest of the shared selections and one of
 * her own, so that a change of one capability leaves the tags of the others good.
 */
export function selectionTag(
  rows: readonly TaggedSelection[],
  adminId: string,
  capabilities: readonly Capability[],
): string {
  const parts = capabilities.map((capability) => {
    const of = (owner: string | null) =>
      digest(rows.filter((row) => row.capability === capability && (row.owner ?? null) === owner));
    return `${capability}.${of(null)}.${of(adminId)}`;
  });
  return `"${parts.join('~')}"`;
}

/**
 * Compares `If-Match` with what is stored, inside the transaction that is about to change it.
 * @param rows all selections of the owner for the capability
 * @throws SwitchboardError `precondition_failed`, naming what serves now
 */
export function requireMatch(
  ifMatch: string | undefined,
  rows: readonly TaggedSelection[],
  owner: string | null,
  capability: Capability,
): void {
  const demanded = demandedTags(ifMatch);
  if (demanded === null) return;
  const present = digest(rows);
  const known = demanded.flatMap((tag) => tag.split('~')).map((part) => part.split('.'));
  if (known.some(([name, shared, own]) => name === capability && (owner === null ? shared : own) === present)) return;
  const active = rows.find(({ isActive }) => isActive);
  throw new SwitchboardError(
    'precondition_failed',
    `The ${owner === null ? 'shared' : 'personal'} selections for ${capability} have changed since you read them; ${active ? `"${active.modelId}"` : 'nothing'} is active now. Read GET /api/admin/ai-models again and repeat with its ETag.`,
  );
}

function digest(rows: readonly TaggedSelection[]): string {
  if (rows.length === 0) return EMPTY;
  const facts = rows
    .map((row) => [row.id, row.modelId, row.isActive, row.fallbackRank ?? null, row.successorModelId ?? null])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return tagOf(facts);
}
