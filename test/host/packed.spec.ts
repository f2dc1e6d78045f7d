import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/server-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURE = join(ROOT, 'test/host/fixture');
const isReachable = spawnSync('npm', ['view', 'rxjs', 'version'], { timeout: 30_000 }).status === 0;

/** A host application outside of the repository that installs what `npm pack` makes, as anybody would. */
describe('the packed package', () => {
  const folder = temporaryFolder();
  const host = folder.path;
  const installed = join(host, 'node_modules/nestjs-ai-switchboard');
  let tarball = '';
  let packed: readonly string[] = [];

  beforeAll(() => {
    execFileSync('npm', ['run', '--silent', 'build:types'], { cwd: ROOT });
    const listing = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', host], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parsed = JSON.parse(listing) as Record<string, { filename: string; files: { path: string }[] }>;
    const [made] = Object.values(parsed);
    if (made === undefined) throw new Error('npm packed nothing');
    packed = made.files.map(({ path }) => path);
    tarball = join(host, made.filename);
  }, 180_000);
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
      exports: Record<string, string | Record<string, string>>;
      bin: Record<string, string>;
    };
    const files = [
      ...Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry))),
      ...Object.values(manifest.bin),
    ].map((file) => file.replace('./', ''));
    expect(files.filter((file) => !packed.includes(file))).toEqual([]);
  });

  it('passes publint, strictly', () => {
    expect(toolOf('publint', ['run', tarball, '--strict'])).toContain('All good!');
  });

  // The profile of packages that are ESM only, as Nest 12 itself is: `require` and resolution before `exports` are no aim.
  it('has types that arethetypeswrong finds nothing wrong with', () => {
    expect(toolOf('@arethetypeswrong/cli', [tarball, '--profile', 'esm-only', '--format', 'json'])).toContain(
      '"packageName": "nestjs-ai-switchboard"',
    );
  });

  describe(isReachable ? 'installed by npm' : 'installed by npm (skipped: no registry)', () => {
    const test = isReachable ? it : it.skip;

    test('comes with what it needs, beside the host’s own packages, without a script of its own', () => {
      cpSync(join(FIXTURE, 'package.json'), join(host, 'package.json'));
      execFileSync('npm', ['install', tarball, '--no-audit', '--no-fund', '--prefer-offline'], {
        cwd: host,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      expect(existsSync(join(installed, 'dist/index.js'))).toBe(true);
      // One Nest, one rxjs: peers are the host's.
      for (const peer of ['@nestjs/common', '@nestjs/core', 'rxjs', 'reflect-metadata'])
        expect([peer, existsSync(join(installed, 'node_modules', peer))]).toEqual([peer, false]);
      expect(existsSync(join(installed, 'src'))).toBe(false);
    }, 400_000);

    test('has types that a host compiles against', () => {
      for (const file of readdirSync(FIXTURE).filter((name) => name.endsWith('.ts'))) {
        cpSync(join(FIXTURE, file), join(host, file));
        writeFileSync(join(host, file.replace('.ts', '.js')), compiled(join(FIXTURE, file)));
      }
      const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
        compilerOptions: Record<string, unknown>;
      };
      writeFileSync(
        join(host, 'tsconfig.json'),
        JSON.stringify({
          // Nothing of ours but Node's own types: what else our declarations need has to come along.
          compilerOptions: {
            ...compilerOptions,
            skipLibCheck: false,
            noEmit: true,
            incremental: false,
            typeRoots: [join(ROOT, 'node_modules/@types')],
          },
          include: ['*.ts'],
        }),
      );
      const { stdout } = spawnSync(process.execPath, [fileOf('typescript', 'tsc'), '-p', host], {
        cwd: host,
        encoding: 'utf8',
      });
      // The declarations of others are theirs; ours and the host's have to be right.
      expect(
        stdout
          .split('\n')
          .filter((line) => /error TS/.test(line) && !/^node_modules\/(?!nestjs-ai-switchboard\/)/.test(line)),
      ).toEqual([]);
    }, 120_000);

    test('runs on Fastify and on Express, twice in one process, beside the host’s own database, guard and routes', () => {
      const output = execFileSync(process.execPath, ['main.js', join(host, 'data')], {
        cwd: host,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '' },
        timeout: 170_000,
      });
      const common = { own: [403, 200], unknown: 'Not Found', count: 1, ours: 0 };
      expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toEqual({
        contract: 'function',
        seen: [
          { ...common, saidByParrot: true, provider: 'parrot' },
          { ...common, saidByParrot: false, provider: 'sandbox' },
        ],
      });
    }, 180_000);
  });
});

/** What a development tool of ours prints. @throws with its words when it is not content */
function toolOf(name: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileOf(name), ...args], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
  return stdout;
}

/** The script behind a command of a package of ours. */
function fileOf(name: string, command?: string): string {
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const scripts = typeof bin === 'string' ? { [name]: bin } : bin;
  return join(folder, scripts[command ?? ''] ?? Object.values(scripts)[0] ?? '');
}

function compiled(file: string): string {
  const options = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8')) as Record<string, unknown>;
  return transformSync(readFileSync(file, 'utf8'), { ...options, filename: file, swcrc: false, sourceMaps: false })
    .code;
}
