import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment, type SwitchboardSettings } from '../../src/core/config/index.js';
import { createServer } from '../../src/server.js';
import { Evidence } from './canary-scan.js';
import { MEMORY_DATABASE } from './memory-database.js';

export const ADMIN_TOKEN = 'test-admin-token-0123456789abcdef0123456789';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: T;
  readonly text: string;
}

/** A whole standalone server in this process, and its API as a superadmin sees it. */
export class TestServer {
  private constructor(
    readonly app: NestFastifyApplication,
    /** Everything that was logged, as JSON. */
    readonly log: string[],
  ) {}

  /** Over an embedded database in memory unless `variables` name one. */
  static async start(
    variables: Readonly<Record<string, string>> = {},
    overrides: Partial<SwitchboardSettings> = {},
  ): Promise<TestServer> {
    const given: Readonly<Record<string, string | undefined>> = { ADMIN_TOKEN, ...variables };
    const log: string[] = [];
    const app = await createServer(readEnvironment(given), given, {
      logger: collecting(log),
      overrides: {
        ...(given['DATABASE_URL'] === undefined && { database: MEMORY_DATABASE }),
        cron: false,
        ...overrides,
      },
    });
    await app.init();
    return new TestServer(app, log);
  }

  async call<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    token: string | null = ADMIN_TOKEN,
  ): Promise<Answer<T>> {
    const response = await this.app.inject({
      method,
      url,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body && { payload: body }),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      body: parse(response.body) as T,
      text: response.body,
    };
  }

  /** Listens on a free loopback port, where a real socket matters. */
  async listen(): Promise<string> {
    await this.app.listen(0, '127.0.0.1');
    return (await this.app.getUrl()).replace('[::1]', '127.0.0.1');
  }

  /** @throws Error when the log holds the token of the tests (A39) */
  async stop(): Promise<void> {
    await this.app.close();
    const evidence = new Evidence();
    evidence.plant('ADMIN_TOKEN', ADMIN_TOKEN);
    evidence.note('logs', this.log.join('\n'));
    evidence.requireClean();
  }
}

function collecting(log: string[]): LoggerService {
  const collect = (...parts: unknown[]) => void log.push(JSON.stringify(parts));
  return { log: collect, error: collect, warn: collect, debug: collect, verbose: collect, fatal: collect };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Events of a `text/event-stream` body. */
export function eventsOf(text: string): { event: string; data: Record<string, unknown> }[] {
  return text
    .split('\n\n')
    .filter((block) => block.trim() !== '')
    .map((block) => ({
      event: /^event: (.*)$/m.exec(block)?.[1] ?? 'message',
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as Record<string, unknown>,
    }));
}
