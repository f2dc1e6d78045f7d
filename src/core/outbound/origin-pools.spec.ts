import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool } from 'undici';
import { OriginPools } from './origin-pools.js';

describe('OriginPools', () => {
  let now: number;
  let pools: OriginPools;
  let server: Server;
  let origin: string;

  beforeEach(async () => {
    now = 0;
    pools = new OriginPools(
      (each) => new Pool(each),
      () => now,
    );
    server = createServer((_request, response) => setTimeout(() => response.end('answer'), 50));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    await pools.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('gives up a pool after five minutes, and lets it finish what it began', async () => {
    const first = pools.of(origin);
    const running = first.request({ path: '/', method: 'GET' });
    now = 299_999;
    expect(pools.of(origin)).toBe(first);
    now = 300_000;
    expect(pools.find(origin)).toBeUndefined();
    const second = pools.of(origin);

    expect(second).not.toBe(first);
    expect(pools.of(origin)).toBe(second);
    await expect((await running).body.text()).resolves.toBe('answer');
    await expect(first.request({ path: '/', method: 'GET' })).rejects.toThrow();
  });

  it('destroys those that were given up as well', async () => {
    const first = pools.of(origin);
    const running = first.request({ path: '/', method: 'GET' });
    now = 300_000;
    pools.of(origin);
    await pools.destroy();

    await expect(running).rejects.toThrow();
  });
});
