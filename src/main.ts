import 'reflect-metadata';
import { ConfigurationError, readEnvironment, readVariables } from './core/config/index.js';
import { FirstSuperadmin } from './accounts/index.js';
import { createLogger } from './core/log/index.js';
import { openBootAnswers } from './health/index.js';
import { createServer } from './server.js';
import { endOnSignal, surviveClosedOutput } from './shutdown.js';

/** sysexits.h: configuration error. */
const EX_CONFIG = 78;

async function main(): Promise<void> {
  const environment = readEnvironment(readVariables());
  const logger = createLogger(environment.LOG_LEVEL);
  surviveClosedOutput();
  // A free port of the system's choice cannot be held for the server.
  const boot = environment.PORT === 0 ? null : await openBootAnswers(environment.PORT, environment.HOST);
  const app = await createServer(environment, readVariables(), {
    logger,
    overrides: { allowUndecryptable: process.argv.includes('--allow-undecryptable') },
  });
  endOnSignal(app, environment.DRAIN_TIMEOUT * 1000, logger);
  await app.init();
  await boot?.close();
  await app.listen(environment.PORT, environment.HOST);
  const address = await app.getUrl();
  const made = app.get(FirstSuperadmin, { strict: false }).take();
  const lines = [
    `AI Switchboard is ready at ${address} (open it in a browser for the admin panel)`,
    `API reference (Swagger): ${address}/docs`,
  ];
  if (made?.password) lines.push(`First superadmin: ${made.email}  password: ${made.password}  (shown only now)`);
  process.stdout.write(`\n  ${lines.join('\n  ')}\n\n`);
}

main().catch((error: unknown) => {
  const isConfiguration = error instanceof ConfigurationError;
  process.stderr.write(`${describe(error)}\n`);
  process.exit(isConfiguration ? EX_CONFIG : 1);
});

/** One clear line for what an operator can mend; a stack only for what she cannot. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    const { address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
    return `Port ${port} on ${address} is in use. Stop what listens there, or choose another with PORT.`;
  }
  return code === undefined && error.constructor !== Error && !(error instanceof ConfigurationError)
    ? (error.stack ?? error.message)
    : error.message;
}
