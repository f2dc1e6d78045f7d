import type { Command } from 'commander';
import type { Terminal } from './terminal.js';

interface CreatedAdmin {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly password?: string;
}

/** `admins create`: adds a person. */
export function registerAdmins(program: Command, terminal: Terminal): void {
  program
    .command('admins')
    .description('people who may sign in')
    .command('create')
    .description('add a person; a password is generated and shown once')
    .requiredOption('--email <email>', 'e-mail address, for signing in')
    .requiredOption('--name <name>', 'name')
    .option('--role <role>', 'admin or superadmin', 'admin')
    .action(async ({ email, name, role }: { email: string; name: string; role: string }) => {
      const api = await terminal.api();
      const admin = await api.call<CreatedAdmin>('POST', '/api/admin/admins', { email, name, role });
      terminal.result(admin, [
        `Created ${admin.role} ${admin.email}`,
        ...(admin.password === undefined ? [] : [`Password: ${admin.password}  (shown only now)`]),
      ]);
    });
}
