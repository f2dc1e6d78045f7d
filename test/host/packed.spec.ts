import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/server-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURE = join(ROOT, 'test/host/fixture');
const MODULES = realpathSync(join(ROOT, 'node_modules'));

/**
 * A host application outside of the repository that installs what `npm pack` makes. Its other packages are links to ours,
 * so that no registry is needed.
 */
describe('the packed package in a host application', () => {
  const folder = temporaryFolder();
  const host = folder.path;
  let packed: readonly string[] = [];

  beforeAll(() => {
    const listing = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', host], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parsed = JSON.parse(listing) as Record<string, { filename: string; files: { path: string }[] }>;
    const [tarball] = Object.values(parsed);
    if (tarball === undefined) throw new Error('npm packed nothing');
    packed = tarball.files.map(({ path }) => path);
    const target = join(host, 'node_modules/nestjs-ai-switchboard');
    linkModules(join(host, 'node_modules'));
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', join(host, tarball.filename), '-C', target, '--strip-components=1']);
    for (const file of readdirSync(FIXTURE)) {
      if (!file.endsWith('.ts')) cpSync(join(FIXTURE, file), join(host, file));
      else writeFileSync(join(host, file.replace('.ts', '.js')), compiled(join(FIXTURE, file)));
    }
  }, 120_000);
  afterAll(() => folder.remove());

  it('holds what runs and nothing else', () => {
    const top = new Set(packed.map((path) => path.split('/', 1)[0]));
    expect([...top].sort()).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'openapi.json', 'package.json']),
    );
    expect(
      packed.filter((path) => /^(?:src|test|scripts|node_modules|data)\/|\.spec\.|\.map$|\.env/.test(path)),
    ).toEqual([]);
    expect(packed).toEqual(expect.arrayContaining(['dist/index.js', 'dist/client/index.js', 'dist/cli.js']));
    expect(packed).toContain('dist/providers/providers.json');
  });

  it('names an existing file for every entrance', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      exports: Record<string, string | { default: string }>;
      bin: Record<string, string>;
    };
    const files = [
      ...Object.values(manifest.exports).map((entry) => (typeof entry === 'string' ? entry : entry.default)),
      ...Object.values(manifest.bin),
    ];
    expect(files.filter((file) => !existsSync(join(host, 'node_modules/nestjs-ai-switchboard', file)))).toEqual([]);
  });

  it('runs on Fastify and on Express, twice in one process, beside the host’s own database, guard and routes', () => {
    const output = execFileSync(process.execPath, ['main.js', join(host, 'data')], {
      cwd: host,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '' },
      timeout: 110_000,
    });
    const common = { own: [403, 200], unknown: 'Not Found', count: 1, ours: 0 };
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toEqual({
      contract: 'function',
      seen: [
        { ...common, saidByParrot: true, provider: 'parrot' },
        { ...common, saidByParrot: false, provider: 'sandbox' },
      ],
    });
  }, 120_000);
});

/** Every package of ours under the same name, scopes included, but the package under test. */
function linkModules(target: string): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(MODULES)) {
    if (name.startsWith('.') || name === 'nestjs-ai-switchboard') continue;
    symlinkSync(join(MODULES, name), join(target, name));
  }
}

function compiled(file: string): string {
  const options = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as Record<string, unknown>;
  return transformSync(readFileSync(file, 'utf8'), { ...options, filename: file, swcrc: false, sourceMaps: false })
    .code;
}
