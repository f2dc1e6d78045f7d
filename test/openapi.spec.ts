import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiOf } from '../src/openapi.js';
import { TestServer } from './support/test-server.js';

const WRITER = '../scripts/write-client-types.js';

interface Operation {
  responses: Record<string, { content?: Record<string, unknown> }>;
  requestBody?: unknown;
  summary?: string;
}

describe('the OpenAPI document', () => {
  let server: TestServer;
  let document: OpenAPIObject;
  beforeAll(async () => {
    server = await TestServer.start();
    document = openApiOf(server.app);
  });
  afterAll(() => server.stop());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
        name: `${method} ${path}`,
        operation,
      })),
    );

  it('is the committed openapi.json (npm run openapi)', () => {
    const committed: unknown = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
  });

  it('gives the types of the client (npm run openapi)', async () => {
    const { clientTypes } = (await import(WRITER)) as { clientTypes: (document: OpenAPIObject) => Promise<string> };
    const committed = readFileSync(new URL('../src/client/api.generated.ts', import.meta.url), 'utf8');
    expect(await clientTypes(JSON.parse(JSON.stringify(document)) as OpenAPIObject)).toBe(committed);
  });

  it('sums up every operation and describes its answer', () => {
    const bare = operations()
      .filter(({ name }) => !name.includes('/api/auth'))
      .filter(({ operation }) => {
        const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
        return (
          !operation.summary || good.length === 0 || good.some(([status, { content }]) => status !== '204' && !content)
        );
      });
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    const known = new Set(Object.keys(document.components?.schemas ?? {}));
    const wanted = [...text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name);
    expect(wanted.filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  it('is what /docs-json serves', async () => {
    const served = await server.call('GET', '/docs-json', undefined, null);
    expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
