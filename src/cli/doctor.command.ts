import type { Command } from 'commander';
import { diagnose } from './doctor/diagnose.js';
import type { Finding, Variables } from './doctor/finding.js';
import type { Terminal } from './terminal.js';

const MARKS: Readonly<Record<Finding['status'], string>> = { ok: 'ok  ', warning: 'WARN', problem: 'FAIL' };

/** `doctor`: finds what is wrong with the configuration and says the fix; changes nothing. */
export function registerDoctor(program: Command, terminal: Terminal, variables: Variables): void {
  program
    .command('doctor')
    .description('find what is wrong with the configuration, and say the fix')
    .action(async () => {
      const findings = await diagnose(variables);
      const problems = findings.filter(({ status }) => status === 'problem').length;
      terminal.result({ findings, problems }, [
        ...findings.flatMap(({ check, status, detail, fix }) => [
          `${MARKS[status]}  ${check}: ${detail}`,
          ...(fix === undefined ? [] : [`      ${fix}`]),
        ]),
        problems === 0 ? 'Nothing is wrong.' : `${problems} to mend.`,
      ]);
      if (problems > 0) terminal.fail();
    });
}
