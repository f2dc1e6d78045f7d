#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { registerAdmins } from './cli/admins-create.command.js';
import { type ApiClient, localApi, remoteApi } from './cli/api-client.js';
import { registerDoctor } from './cli/doctor.command.js';
import { registerImportLiteLlm } from './cli/import-litellm.command.js';
import { registerImportProviders } from './cli/import-providers.command.js';
import { registerKeys } from './cli/keys-rewrap.command.js';
import { registerOpenApi } from './cli/openapi.command.js';
import { registerSyncAiModels } from './cli/sync-ai-models.command.js';
import type { Terminal } from './cli/terminal.js';
import { registerTestProvider } from './cli/test-provider.command.js';
import { readVariables } from './core/config/index.js';

const program = new Command('switchboard')
  .description('AI Switchboard from the command line: on the database of the environment, or through a running server')
  .option('--url <url>', 'work through the server that runs there')
  .option('--token <token>', 'superadmin token for --url')
  .option('--json', 'print the result as JSON', false)
  .configureHelp({ showGlobalOptions: true });

let opened: Promise<ApiClient> | undefined;
let exitCode = 0;

const terminal: Terminal = {
  get isJson() {
    return program.opts<{ json: boolean }>().json;
  },
  api: () => (opened ??= open()),
  result: (value, lines) =>
    void process.stdout.write(`${terminal.isJson ? JSON.stringify(value, null, 2) : lines.join('\n')}\n`),
  progress: (line) => void (terminal.isJson || process.stderr.write(`${line}\n`)),
  fail: () => void (exitCode = 1),
};

async function open(): Promise<ApiClient> {
  const { url, token } = program.opts<{ url?: string; token?: string }>();
  if (url === undefined) return localApi(readVariables());
  if (token === undefined) throw new Error('--token is required with --url: a token with the scope "manage".');
  return remoteApi(url, token);
}

registerImportProviders(program, terminal);
registerImportLiteLlm(program, terminal, readVariables());
registerSyncAiModels(program, terminal);
registerTestProvider(program, terminal);
registerAdmins(program, terminal);
registerKeys(program, terminal);
registerOpenApi(program);
registerDoctor(program, terminal, readVariables());

void program
  .parseAsync()
  .catch((error: unknown) => {
    exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  })
  .then(async () => (await opened?.catch(() => undefined))?.close())
  .finally(() => process.exit(exitCode));
