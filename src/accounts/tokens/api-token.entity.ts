import { defineEntity, p } from '@mikro-orm/core';
import { decimal, id, timestamp } from '../../core/database/index.js';
import type { Scope } from '../../core/identity/index.js';

const ApiTokenSchema = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  properties: {
    id: id(),
    /** Whose token it is; null: made with the static `ADMIN_TOKEN`, and worth something while that is set. */
    adminId: p.uuid().nullable(),
    name: p.text(),
    /** sha256 of the token, never the token. */
    hash: p.text().unique(),
    prefix: p.text(),
    scopes: p.array().$type<Scope[]>().columnType('text[]'),
    /** Null: all capabilities. */
    capabilities: p.array().columnType('text[]').nullable(),
    /** Slugs; null: all providers. */
    providers: p.array().columnType('text[]').nullable(),
    /** Requests and USD per calendar month; null: no limit of its own. */
    monthlyLimit: p.integer().nullable(),
    monthlyBudgetUsd: decimal().nullable(),
    /** Calls to models that may run with it at once, per process; null: as many as its maker may. */
    maxConcurrent: p.integer().nullable(),
    expiresAt: timestamp().nullable(),
    lastUsedAt: timestamp().nullable(),
    revokedAt: timestamp().nullable(),
    createdAt: timestamp(),
  },
});

/** A caller's credential for our own API. */
export class ApiToken extends ApiTokenSchema.class {
  /** Ends it; a second time changes nothing. */
  revoke(at: Date): void {
    this.revokedAt ??= at;
  }
}
ApiTokenSchema.setClass(ApiToken);
