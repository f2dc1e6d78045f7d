import type { Command } from 'commander';
import { table, type Terminal } from './terminal.js';

interface Conformity {
  readonly provider: string;
  readonly passed: boolean;
  readonly checks: readonly {
    readonly check: string;
    readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
    readonly detail: string;
    readonly duration_ms: number;
  }[];
}

interface TestOptions {
  readonly skip?: string;
  readonly chatModel?: string;
  readonly imageModel?: string;
  readonly speechModel?: string;
}

/** `test_provider`: real calls against a configured provider, a table of how they went. */
export function registerTestProvider(program: Command, terminal: Terminal): void {
  program
    .command('test_provider')
    .argument('<slug>', 'slug of the provider')
    .description('try out live whether a provider does what it promises; makes small real calls, which it charges')
    .option('--skip <checks>', 'leave these out, comma-separated: list, chat, stream, abort, usage, image, speech …')
    .option('--chat-model <id>', 'model for chat; default: the selected one, else a free one, else the first')
    .option('--image-model <id>', 'model for the picture')
    .option('--speech-model <id>', 'model for the sound')
    .action(async (slug: string, options: TestOptions) => {
      const api = await terminal.api();
      terminal.progress(`Calling ${slug} …`);
      const result = await api.call<Conformity>(
        'POST',
        `/api/admin/ai-providers/${encodeURIComponent(slug)}/conformance`,
        {
          ...(options.skip !== undefined && { skip: options.skip.split(',').map((name) => name.trim()) }),
          ...(options.chatModel !== undefined && { chat_model: options.chatModel }),
          ...(options.imageModel !== undefined && { image_model: options.imageModel }),
          ...(options.speechModel !== undefined && { speech_model: options.speechModel }),
        },
      );
      const rows = result.checks.map(({ check, status, detail, duration_ms: took }) => [
        check,
        status,
        `${took} ms`,
        detail,
      ]);
      const failed = result.checks.filter(({ status }) => status === 'failed').length;
      terminal.result(result, [
        ...table([['check', 'result', 'took', ''], ...rows]),
        failed === 0 ? `${slug} passed.` : `${slug} failed ${failed} of ${result.checks.length} checks.`,
      ]);
      if (!result.passed) terminal.fail();
    });
}
