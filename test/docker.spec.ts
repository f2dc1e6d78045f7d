import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { freePort } from './support/postgres.js';
import { temporaryFolder } from './support/server-process.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DOCKERFILE = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');
const COMPOSE = readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

interface Step {
  readonly word: string;
  readonly rest: string;
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
    expect(of('CMD')).toEqual(['["node", "dist/main.js"]']);
    expect(DOCKERFILE).not.toMatch(/(?:SECRET|PASSWORD|_KEYS?)=/);
  });

  it('is composed read-only, with secrets from outside and more time to end than the drain takes', () => {
    expect(COMPOSE).toContain('read_only: true');
    expect(COMPOSE).toContain('cap_drop: [ALL]');
    expect(COMPOSE).toMatch(/SWITCHBOARD_KEYS: \$\{SWITCHBOARD_KEYS:\?/);
    expect(COMPOSE).toMatch(/profiles: \[redis\]/);
    const drain = Number(/DRAIN_TIMEOUT: '(\d+)'/.exec(COMPOSE)?.[1]);
    expect(Number(/stop_grace_period: (\d+)s/.exec(COMPOSE)?.[1])).toBeGreaterThan(drain + 15);
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
        if (word === 'RUN') execFileSync('sh', ['-c', rest], { cwd: app, stdio: 'ignore' });
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
