import { createHash } from 'node:crypto';
import { ApiHeader } from '@nestjs/swagger';

/** A reply of Fastify or Express, as far as headers go. */
export interface HeaderReply {
  header(name: string, value: string): unknown;
}

/** Documents the entity tag that guards a route against lost updates. */
export const ApiIfMatch = (description: string) => ApiHeader({ name: 'If-Match', required: false, description });

/**
 * What `If-Match` asks for: the strong tags it names without their quotes, or null where anything is welcome. A weak
 * tag says "about the same", which is not enough for a change.
 */
export function demandedTags(ifMatch: string | undefined): readonly string[] | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  return [...ifMatch.matchAll(/(W\/)?"([^"]*)"/g)]
    .filter(([, weak]) => weak === undefined)
    .map(([, , tag = '']) => tag);
}

/** A short digest of facts that does not depend on the order of keys, which the database changes. */
export function tagOf(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts, inOrder)).digest('base64url').slice(0, 16);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
