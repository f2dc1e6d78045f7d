import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment } from '../core/config/index.js';
import type { Problem } from '../core/errors/index.js';
import { createServer } from '../server.js';

/** An answer that is not 2xx, told for a terminal. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    problem: Partial<Problem>,
  ) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.name = 'ApiError';
  }
}

/** The HTTP API as commands use it: a running server's, or our own in this process. */
export interface ApiClient {
  /** @throws ApiError for every answer that is not 2xx */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T>;
  close(): Promise<void>;
}

/** Speaks to a running server. */
export function remoteApi(url: string, token: string): ApiClient {
  const base = url.replace(/(?<!\/)\/+$/, '');
  return {
    async call<T>(method: string, path: string, body?: object): Promise<T> {
      const response = await fetch(base + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return read<T>(response.status, await response.text());
    },
    close: () => Promise.resolve(),
  };
}

/** Opens the database that the environment names and answers in this process, without listening. */
export async function localApi(variables: Readonly<Record<string, string | undefined>>): Promise<ApiClient> {
  const token = randomBytes(32).toString('hex');
  const environment = readEnvironment({ ...variables, ADMIN_TOKEN: token });
  const app: NestFastifyApplication = await createServer(environment, variables, {
    logger: false,
    overrides: { cron: false },
  });
  await app.init();
  return {
    async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
      const response = await app.inject({
        method,
        url: path,
        headers: { authorization: `Bearer ${token}` },
        ...(body && { payload: body }),
      });
      return read<T>(response.statusCode, response.body);
    },
    close: () => app.close(),
  };
}

function read<T>(status: number, text: string): T {
  const json = parse(text);
  if (status < 200 || status > 299) throw new ApiError(status, json ?? {});
  return json as T;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
