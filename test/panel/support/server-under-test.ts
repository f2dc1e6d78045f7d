import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built server as a process of its own, on a free port and an empty folder. */
export interface ServerUnderTest {
  readonly origin: string;
  readonly email: string;
  readonly password: string;
  /** Calls the API as the superadmin. Throws with the answer when it is a refusal. */
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

const ADMIN_TOKEN = 'panel-suite-'.padEnd(48, 'x');
const READY_WITHIN_MS = 60_000;

export const isServerBuilt = (): boolean => existsSync('dist/main.js') && existsSync('panel/dist/index.html');

export async function startServer(upstreamHost: string): Promise<ServerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-panel-'));
  const email = 'root@example.com';
  const password = 'a long enough password 7';
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      SUPERADMIN_EMAIL: email,
      SUPERADMIN_PASSWORD: password,
      ADMIN_TOKEN,
      ALLOW_PRIVATE_UPSTREAMS: upstreamHost,
      CRON: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const origin = await readyAddress(child);
  return {
    origin,
    email,
    password,
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    async stop(): Promise<void> {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`The server was not ready in time:\n${output}`)), READY_WITHIN_MS);
    const read = (piece: Buffer) => {
      output += piece.toString();
      const address = /is ready at (http:\/\/\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
}
