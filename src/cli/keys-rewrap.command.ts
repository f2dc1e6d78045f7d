import type { Command } from 'commander';
import type { RewrapReport } from '../keys/index.js';
import type { Terminal } from './terminal.js';

const PER_CALL = 200;

/** `keys rewrap`: writes stored keys anew with the first key of the ring. Interrupted, it goes on where it was. */
export function registerKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('stored provider keys');
  keys
    .command('rewrap')
    .description('write every stored key anew with the first key of SWITCHBOARD_KEYS')
    .action(async () => {
      const api = await terminal.api();
      let rewrapped = 0;
      let report: RewrapReport;
      do {
        report = await api.call<RewrapReport>('POST', '/api/admin/keys/rewrap', { limit: PER_CALL });
        rewrapped += report.rewrapped;
        terminal.progress(`${rewrapped} keys rewrapped, ${report.remaining} to go`);
      } while (report.remaining > 0 && report.rewrapped > 0);
      const { key_id: keyId, undecryptable, remaining } = report;
      terminal.result({ ...report, rewrapped }, [
        `Rewrapped ${rewrapped} keys with encryption key ${keyId}; ${remaining} left under older keys.`,
        ...(undecryptable > 0
          ? [`${undecryptable} keys cannot be decrypted with any key of SWITCHBOARD_KEYS: enter them again.`]
          : remaining === 0
            ? ['The older keys can be taken out of SWITCHBOARD_KEYS.']
            : []),
      ]);
      if (undecryptable > 0 || remaining > 0) terminal.fail();
    });
}
