import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from '../../core/config/index.js';
import { parseProviderFile } from '../../providers/index.js';
import { KeyRing } from '../../keys/index.js';
import { type Finding, ok, problem, reasonOf, warning } from './finding.js';

const OTHERS_MAY_READ = 0o077;
const OLDEST_NODE = [22, 19] as const;

/** What lies on disk: the data folder, the key file, the provider file; and the Node that runs. */
export function checkFiles(environment: Environment): Finding[] {
  return [...node(), ...dataFolder(environment), ...keyFile(environment), ...providersFile(environment)];
}

function node(): Finding[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return isNew
    ? [ok('node', process.versions.node)]
    : [problem('node', `Node ${process.versions.node} is too old`, `Use Node ${OLDEST_NODE.join('.')} or newer.`)];
}

function dataFolder({ DATA_DIR: folder }: Environment): Finding[] {
  const path = resolve(folder);
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    if (!statSync(existing).isDirectory())
      return [problem('data folder', `${existing} is not a folder`, 'Point DATA_DIR at a folder.')];
    accessSync(existing, constants.W_OK);
    return [ok('data folder', path)];
  } catch {
    return [
      problem(
        'data folder',
        `${existing} cannot be written`,
        'Give the user of the server write access, or set DATA_DIR.',
      ),
    ];
  }
}

function keyFile({ DATA_DIR: folder, SWITCHBOARD_KEYS: keys }: Environment): Finding[] {
  const path = join(resolve(folder), 'switchboard.key');
  if (keys !== undefined || !existsSync(path)) return [];
  try {
    new KeyRing([readFileSync(path, 'utf8').trim()]);
  } catch {
    return [
      problem(
        'key file',
        `${path} holds no key`,
        'Put the right file back from a backup; without it stored keys are lost.',
      ),
    ];
  }
  return (statSync(path).mode & OTHERS_MAY_READ) === 0
    ? [ok('key file', path)]
    : [warning('key file', `${path} can be read by others`, `chmod 600 ${path}`)];
}

function providersFile({ PROVIDERS_FILE: file }: Environment): Finding[] {
  if (file === undefined) return [];
  try {
    const entries = parseProviderFile(readFileSync(resolve(file), 'utf8'));
    return [ok('provider file', `${entries.length} providers`)];
  } catch (error) {
    return [
      problem('provider file', reasonOf(error), 'Mend the entry; PROVIDERS_FILE names a JSON list of providers.'),
    ];
  }
}
