import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SOURCE = join(ROOT, 'src');

/** What each folder of `src` may import, itself aside. Arrows point down only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  providers: ['core'],
  keys: ['providers', 'core'],
  models: ['keys', 'providers', 'core'],
  usage: ['models', 'keys', 'providers', 'core'],
  media: ['models', 'keys', 'providers', 'core'],
  generation: ['usage', 'media', 'models', 'keys', 'providers', 'core'],
  dashboard: ['generation', 'usage', 'media', 'models', 'keys', 'providers', 'core'],
  accounts: ['core'],
  panel: ['core'],
  health: ['core'],
  client: [],
  migrations: [],
  testing: ['providers', 'core'],
  cli: ['accounts', 'dashboard', 'generation', 'usage', 'media', 'models', 'keys', 'providers', 'core', '.'],
  // The composition root: app, switchboard, schema, entry points.
  '.': [
    'cli',
    'panel',
    'health',
    'testing',
    'migrations',
    'accounts',
    'dashboard',
    'generation',
    'usage',
    'media',
    'models',
    'keys',
    'providers',
    'core',
  ],
};

/** Files that may look behind an `index.ts`: the tables of all features are gathered in one place. */
const MAY_LOOK_BEHIND = new Set(['schema.ts']);
const MAX_LINES = 300;
const VAGUE_FOLDERS = ['utils', 'helpers', 'common', 'types', 'interfaces'];

interface SourceFile {
  /** Path below `src`, with slashes. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** Paths below `src` of what it imports. */
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = globSync('**/*.ts', { cwd: SOURCE })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((path) => !path.endsWith('.spec.ts'))
  .map((path) => {
    const text = readFileSync(join(SOURCE, path), 'utf8');
    return { path, folder: folderOf(path), text, imports: importsOf(path, text) };
  });

function folderOf(path: string): string {
  const [first, rest] = path.split('/');
  return rest === undefined ? '.' : (first ?? '.');
}

function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, target]) =>
    posix.normalize(posix.join(posix.dirname(path), target ?? '')).replace(/\.js$/, '.ts'),
  );
}

/** Import cycles among files, each as the list of files it runs through. */
function cycles(): string[][] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') return void found.push([...trail.slice(trail.indexOf(path)), path]);
    state.set(path, 'open');
    for (const next of valueImports(byPath.get(path))) if (byPath.has(next)) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const { path } of files) visit(path, []);
  return found;
}

/** Imports that exist at run time: a type-only import makes no cycle. */
function valueImports(file: SourceFile | undefined): string[] {
  if (file === undefined) return [];
  const values = file.text.replace(/(?:import|export)\s+type\s[^;]*?from\s*'[^']+';/g, '');
  return importsOf(file.path, values);
}

describe('the architecture', () => {
  it('has source files to look at', () => expect(files.length).toBeGreaterThan(100));

  it('knows every folder', () => {
    expect([...new Set(files.map(({ folder }) => folder))].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it('has arrows that point down only', () => {
    const upward = files.flatMap((file) =>
      file.imports
        .filter((target) => folderOf(target) !== file.folder && !MAY_IMPORT[file.folder]?.includes(folderOf(target)))
        .map((target) => `${file.path} → ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('enters features through their index', () => {
    const features = [
      'providers',
      'keys',
      'models',
      'usage',
      'media',
      'generation',
      'dashboard',
      'accounts',
      'panel',
      'health',
    ];
    const sneaking = files
      .filter((file) => !MAY_LOOK_BEHIND.has(file.path))
      .flatMap((file) =>
        file.imports
          .filter((target) => features.includes(folderOf(target)) && folderOf(target) !== file.folder)
          .filter((target) => target !== `${folderOf(target)}/index.ts`)
          .map((target) => `${file.path} → ${target}`),
      );
    expect(sneaking).toEqual([]);
  });

  it('keeps entities and repositories inside their feature', () => {
    const leaking = files
      .filter(({ path }) => /^[^/]+\/index\.ts$/.test(path) && !path.startsWith('core/'))
      .flatMap(({ path, imports, text }) =>
        imports
          .filter((target) => /\.(entity|repository)\.ts$/.test(target))
          .filter((target) => !isTypeOnly(text, target))
          .map((target) => `${path} → ${target}`),
      );
    expect(leaking).toEqual([]);
  });

  it('has no import cycles', () => expect(cycles()).toEqual([]));

  it(`has no file over ${MAX_LINES} lines`, () => {
    const long = files
      .filter(({ folder, path }) => folder !== 'migrations' && !path.endsWith('.generated.ts'))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  it('has no folder with a vague name', () => {
    const folders = new Set(files.flatMap(({ path }) => dirname(path).split('/')));
    expect([...folders].filter((folder) => VAGUE_FOLDERS.includes(folder))).toEqual([]);
  });

  it('reads the environment in core/config only', () => {
    const reading = files.filter(({ path, text }) => /process\.env\b/.test(text) && !path.startsWith('core/config/'));
    expect(reading.map(({ path }) => path)).toEqual([]);
  });

  it('A82 evaluates no code: no eval, no template engine', () => {
    const evaluating = files.filter(({ text }) => /\beval\(|new Function\(|node:vm/.test(text)).map(({ path }) => path);
    // The one exception loads an SDK with our own fetch; see docs/decisions/2026-11-20-google-sdk-bound-fetch.md.
    expect(evaluating.filter((path) => !path.endsWith('google-sdk.ts'))).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const engines = ['handlebars', 'ejs', 'mustache', 'nunjucks', 'lodash.template', 'vm2', 'isolated-vm', 'graphql'];
    expect(Object.keys(dependencies).filter((name) => engines.includes(name))).toEqual([]);
  });
});

function isTypeOnly(text: string, target: string): boolean {
  const name = target.replace(/^.*\//, '').replace(/\.ts$/, '.js');
  return text
    .split('\n')
    .filter((line) => line.includes(name))
    .every((line) => line.startsWith('export type'));
}
