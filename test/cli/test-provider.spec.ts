import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { remoteApi } from '../../src/cli/api-client.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { registerTestProvider } from '../../src/cli/test-provider.command.js';
import { GenerationApp, TOKEN } from '../generation/generation-app.js';

describe('test_provider', () => {
  let app: GenerationApp;
  let lines: readonly string[];
  let value: unknown;
  let hasFailed: boolean;

  beforeAll(async () => {
    app = await GenerationApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    hasFailed = false;
  });

  const terminal: Terminal = {
    isJson: false,
    api: () => Promise.resolve(remoteApi(app.url, TOKEN)),
    result: (result, text) => {
      value = result;
      lines = text;
    },
    progress: () => undefined,
    fail: () => {
      hasFailed = true;
    },
  };
  const run = (...words: string[]) => {
    const program = new Command().exitOverride();
    registerTestProvider(program, terminal);
    return program.parseAsync(['test_provider', ...words], { from: 'user' });
  };

  it('prints a line per check and a verdict', async () => {
    await run('sandbox', '--skip', 'image, speech');
    expect(lines.map((line) => line.split(/\s{2,}/).slice(0, 2))).toEqual([
      ['check', 'result'],
      ['list', 'ok'],
      ['chat', 'ok'],
      ['stream', 'ok'],
      ['abort', 'ok'],
      ['usage', 'ok'],
      ['error mapping', 'ok'],
      ['image', 'skipped'],
      ['speech', 'skipped'],
      ['sandbox passed.'],
    ]);
    expect(value).toMatchObject({ provider: 'sandbox', passed: true });
    expect(hasFailed).toBe(false);
  });

  it('fails where a check does', async () => {
    await run('sandbox', '--chat-model', 'no-such-model', '--skip', 'image,speech,list');
    expect(lines.at(-1)).toBe('sandbox failed 4 of 8 checks.');
    expect(hasFailed).toBe(true);
  });

  it('passes on why a provider cannot be called at all', async () => {
    await expect(run('openai')).rejects.toThrow('OpenAI has no API key.');
  });
});
