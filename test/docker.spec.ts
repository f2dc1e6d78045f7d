import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { Environment } from '../src/core/config/index.js';
import { freePort } from './support/postgres.js';
import { temporaryFolder } from './support/server-process.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DOCKERFILE = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');
const COMPOSE = readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What npm has already, it need not ask for again. */
const CACHED = { ...process.env, npm_config_prefer_offline: 'true' };

interface Step {
  readonly word: string;
  readonly rest: string;
}

/** What we look at of a composition. */
interface Composition {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}
interface Service {
  readonly image?: string;
  readonly privileged?: boolean;
  readonly network_mode?: string;
  readonly user?: string;
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
}

/** The instructions of each stage, continued lines joined. */
const STAGES: readonly (readonly Step[])[] = DOCKERFILE.replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .reduce<Step[][]>((stages, line) => {
    const [word = '', ...rest] = line.split(' ');
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push({ word, rest: rest.join(' ') });
    return stages;
  }, []);
const [build = [], run = []] = STAGES;
const copies = build.filter(({ word }) => word === 'COPY').map(({ rest }) => rest.split(' '));

describe('the image', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('has a stage to build and one to run', () => expect(STAGES).toHaveLength(2));

  it('copies what exists', () => {
    const sources = copies.flatMap((words) => words.slice(0, -1));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    const kept = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(sources.filter((source) => kept.includes(source))).toEqual([]);
  });

  it('runs scripts that are defined', () => {
    const wanted = [...DOCKERFILE.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('runs as a normal user, writes to one volume, checks its health and takes signals itself', () => {
    const of = (word: string) => run.filter((step) => step.word === word).map(({ rest }) => rest);
    expect(of('USER')).toEqual(['node']);
    expect(of('VOLUME')).toEqual(['/data']);
    expect(of('HEALTHCHECK').join()).toContain('/health/live');
    expect(of('CMD')).toEqual(['["node", "--max-semi-space-size=16", "dist/main.js"]']);
    expect(DOCKERFILE).not.toMatch(/(?:SECRET|PASSWORD|_KEYS?)=/);
  });

  it('has nothing that a linter finds wrong', () => {
    const linter = join(ROOT, 'node_modules/dockerfile-utils/bin/dockerfile-utils');
    expect(execFileSync(process.execPath, [linter, 'lint', 'docker/Dockerfile'], { cwd: ROOT, encoding: 'utf8' })).toBe(
      '',
    );
  });

  it('keeps to the rules of images that are built often and run for long', () => {
    for (const stage of STAGES) {
      const [from] = stage;
      // A name with a version, never `latest`.
      expect(from?.rest).toMatch(/^node:\d+[\w.-]*( AS \w+)?$/);
      expect(stage.filter(({ word }) => word === 'ADD')).toEqual([]);
    }
    const order = build.map(({ word, rest }) => `${word} ${rest}`);
    const of = (pattern: RegExp) => order.findIndex((step) => pattern.test(step));
    // What changes seldom comes first: a change of a source does not install again.
    expect(of(/^COPY .*package-lock\.json/)).toBeLessThan(of(/^RUN npm ci /));
    expect(of(/^RUN npm ci /)).toBeLessThan(of(/^COPY src /));
    expect(of(/npm install\b/)).toBe(-1);
    // Nothing that runs comes from the context: only what the first stage made.
    const copied = run.filter(({ word }) => word === 'COPY').map(({ rest }) => rest);
    expect(copied.filter((rest) => !rest.startsWith('--from=build '))).toEqual([]);
    const last = run.map(({ word }) => word);
    expect(last.lastIndexOf('RUN')).toBeLessThan(last.indexOf('USER'));
    // Secrets come when it runs, from outside.
    const named = STAGES.flat().filter(({ word }) => word === 'ARG' || word === 'ENV');
    expect(named.filter(({ rest }) => /KEY|SECRET|PASSWORD|TOKEN|DATABASE_URL/.test(rest))).toEqual([]);
  });

  it('sees neither data, nor environment files, nor what is built anew', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '.git', 'data', '**/.env*']));
  });

  it('is composed read-only, without privileges, with its needs healthy first and secrets from outside', () => {
    const { services, volumes } = load(COMPOSE) as Composition;
    expect(Object.keys(services).sort()).toEqual(['postgres', 'redis', 'server']);
    const { server } = services;
    expect(server).toMatchObject({
      build: { dockerfile: 'docker/Dockerfile' },
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: ['/tmp'],
      volumes: ['data:/data'],
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
    for (const [name, service] of Object.entries(services)) {
      expect([name, service.privileged, service.network_mode, service.user]).toEqual([
        name,
        undefined,
        undefined,
        undefined,
      ]);
      expect([name, service.restart]).toEqual([name, 'unless-stopped']);
      // Nothing of the machine's own is mounted, and no port is open to others than the machine itself.
      for (const mount of service.volumes ?? []) expect(Object.keys(volumes)).toContain(mount.split(':')[0]);
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      if (service.image !== undefined) {
        expect(service.image).toMatch(/^\w+:\d+/);
        expect([name, service.healthcheck?.test.length]).toEqual([name, 2]);
      }
    }
    expect(services['redis']?.profiles).toEqual(['redis']);
    const secrets = Object.entries({ ...server?.environment, ...services['postgres']?.environment }).filter(([name]) =>
      /KEY|PASSWORD|DATABASE_URL/.test(name),
    );
    expect(secrets.length).toBeGreaterThan(2);
    expect(secrets.filter(([, value]) => !/\$\{\w+:[?-]/.test(value))).toEqual([]);
    const known = new Set([...Object.keys(new Environment()), ...Environment.optionalNames]);
    expect(Object.keys(server?.environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
    const drain = Number(server?.environment?.['DRAIN_TIMEOUT']);
    expect(parseInt(server?.stop_grace_period ?? '', 10)).toBeGreaterThan(drain + 15);
  });

  const byHand = process.env['CI'] === 'true' ? it : it.skip;
  byHand(
    'builds by hand in a clean folder and serves (only with CI=true)',
    async () => {
      const app = join(folder.path, 'app');
      const image = join(folder.path, 'image');
      mkdirSync(app);
      mkdirSync(image);
      for (const { word, rest } of build) {
        if (word === 'COPY') copy(ROOT, app, rest);
        if (word === 'RUN') execFileSync('sh', ['-c', rest], { cwd: app, stdio: 'ignore', env: CACHED });
      }
      for (const { word, rest } of run)
        if (word === 'COPY') copy(app, image, rest.replace('--from=build ', '').replaceAll('/app/', ''));
      const port = await freePort();
      const environment = { PATH: process.env['PATH'] ?? '', PORT: String(port), DATA_DIR: join(folder.path, 'data') };
      const server = spawn(process.execPath, ['dist/main.js'], { cwd: image, env: environment, stdio: 'ignore' });
      const ended = new Promise((resolve) => server.once('exit', resolve));
      try {
        const isReady = () =>
          fetch(`http://127.0.0.1:${port}/health/ready`).then(
            ({ status }) => status === 200,
            () => false,
          );
        const deadline = performance.now() + 60_000;
        while (!(await isReady())) {
          if (performance.now() > deadline || server.exitCode !== null) throw new Error('The image did not get ready');
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
        expect(page.headers.get('content-type')).toContain('text/html');
      } finally {
        server.kill('SIGTERM');
      }
      expect(await ended).toBe(0);
    },
    600_000,
  );
});

/** As `COPY` does it, without what `.dockerignore` names. */
function copy(from: string, to: string, words: string): void {
  const [target = '.', ...sources] = words.split(' ').reverse();
  for (const source of sources.reverse())
    for (const name of globSync(source, { cwd: from })) {
      const isInto = target === '.' || target === './';
      const path = join(to, isInto ? name : target);
      mkdirSync(dirname(path), { recursive: true });
      const isContext = from === ROOT;
      cpSync(join(from, name), path, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (file) => !isContext || !/\/(?:node_modules|dist)(?:\/|$)/.test(file.slice(from.length - 1)),
      });
    }
}
