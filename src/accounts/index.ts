export { AccountsModule } from './accounts.module.js';
export { ACCOUNTS_OPTIONS, type AccountsOptions, accountsOptionsOf } from './accounts.options.js';
export { AccountsResolver } from './accounts.resolver.js';
export { FirstSuperadmin, type MadeSuperadmin } from './first-superadmin.js';
export { CreateAdmin } from './people/commands/create-admin.command.js';
export { CreateToken } from './tokens/commands/create-token.command.js';
export { STATIC_ADMIN_ID, TokenDirectory } from './tokens/token-directory.js';
