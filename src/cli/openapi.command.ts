import type { Command } from 'commander';
import { readEnvironment } from '../core/config/index.js';
import { openApiOf } from '../openapi.js';
import { createServer } from '../server.js';

/** `openapi`: prints the OpenAPI document; touches no database of yours. */
export function registerOpenApi(program: Command): void {
  program
    .command('openapi')
    .description('print the OpenAPI document')
    .action(async () => {
      const app = await createServer(
        readEnvironment({}),
        {},
        {
          logger: false,
          overrides: { database: { kind: 'memory' }, cron: false },
        },
      );
      process.stdout.write(`${JSON.stringify(openApiOf(app), null, 2)}\n`);
      await app.close();
    });
}
