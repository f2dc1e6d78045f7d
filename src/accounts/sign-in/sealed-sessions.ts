import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth/adapters';
import { sha256 } from '../sha256.js';

/**
 * better-auth stores session tokens plainly. This adapter lies between it and the database and keeps the token out:
 * the column holds the sha256, look-ups by token are look-ups by hash, and only a caller who named the token gets it
 * back. Lists therefore carry hashes, with which nothing can be opened.
 */
export function sealSessions(adapter: DBAdapter): DBAdapter {
  return {
    ...sealOperations(adapter),
    transaction: (work) => adapter.transaction((inner) => work(sealOperations(inner))),
  };
}

function sealOperations(adapter: DBTransactionAdapter): DBTransactionAdapter {
  return {
    ...adapter,
    create: async (data) => {
      const made = await adapter.create({ ...data, data: sealed(data.model, data.data) });
      return revealed(made, data.model, tokenIn(data.model, data.data)) as never;
    },
    findOne: async (data) =>
      revealed(await adapter.findOne({ ...data, where: sealedWhere(data.model, data.where) }), data.model, named(data)),
    findMany: async (data) => {
      const where = data.where && sealedWhere(data.model, data.where);
      const rows = await adapter.findMany({ ...data, ...(where && { where }) });
      return rows.map((row) => revealed(row, data.model, named(data))) as never;
    },
    count: (data) => adapter.count({ ...data, ...(data.where && { where: sealedWhere(data.model, data.where) }) }),
    update: async (data) => {
      const where = sealedWhere(data.model, data.where);
      const row = await adapter.update({ ...data, where, update: sealed(data.model, data.update) });
      return revealed(row, data.model, tokenIn(data.model, data.update) ?? named(data)) as never;
    },
    updateMany: (data) =>
      adapter.updateMany({
        ...data,
        where: sealedWhere(data.model, data.where),
        update: sealed(data.model, data.update),
      }),
    delete: (data) => adapter.delete({ ...data, where: sealedWhere(data.model, data.where) }),
    deleteMany: (data) => adapter.deleteMany({ ...data, where: sealedWhere(data.model, data.where) }),
    consumeOne: async (data) =>
      revealed(
        await adapter.consumeOne({ ...data, where: sealedWhere(data.model, data.where) }),
        data.model,
        named(data),
      ),
    incrementOne: (data) => adapter.incrementOne({ ...data, where: sealedWhere(data.model, data.where) }),
  };
}

function tokenIn(model: string, values: object): string | undefined {
  const { token } = values as { token?: unknown };
  return model === 'session' && typeof token === 'string' ? token : undefined;
}

function sealed<T extends object>(model: string, values: T): T {
  const token = tokenIn(model, values);
  return token === undefined ? values : { ...values, token: sha256(token) };
}

function isTokenClause(model: string, clause: Where): boolean {
  return model === 'session' && clause.field === 'token';
}

function sealedWhere(model: string, where: Where[]): Where[] {
  return where.map((clause) => {
    if (!isTokenClause(model, clause)) return clause;
    const { value } = clause;
    return {
      ...clause,
      value: Array.isArray(value) ? value.map((token) => sha256(String(token))) : sha256(String(value)),
    };
  });
}

/** The token by which the caller asked, if by exactly one. */
function named({ model, where }: { model: string; where?: Where[] | undefined }): string | undefined {
  const value = where?.find((clause) => isTokenClause(model, clause))?.value;
  return typeof value === 'string' ? value : undefined;
}

function revealed<T>(row: T, model: string, token: string | undefined): T {
  if (model !== 'session' || token === undefined || row === null || typeof row !== 'object') return row;
  return { ...row, token };
}
