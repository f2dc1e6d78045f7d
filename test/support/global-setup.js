// Before any spec: the build, for specs that run the server as a process, and one migrated database as a template.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import buildIfStale from '../../scripts/build-if-stale.js';

export default async function globalSetup() {
  buildIfStale();
  const { Database } = await import('../../dist/core/database/index.js');
  const { switchboardSchema } = await import('../../dist/schema.js');
  const database = await Database.open({
    settings: { kind: 'memory' },
    schemaName: 'switchboard',
    connectSeconds: 0,
    schema: switchboardSchema,
  });
  const dump = await (await database.pglite()).dumpDataDir('none');
  await database.onApplicationShutdown();
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-template-'));
  process.env.SWITCHBOARD_TEST_TEMPLATE = join(folder, 'template.tar');
  writeFileSync(process.env.SWITCHBOARD_TEST_TEMPLATE, Buffer.from(await dump.arrayBuffer()));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
