export { AccountsModule } from './accounts.module.js';
export { ACCOUNTS_OPTIONS, type AccountsOptions, accountsOptionsOf } from './accounts.options.js';
export { AccountsResolver } from './accounts.resolver.js';
export { FirstSuperadmin, type MadeSuperadmin } from './first-superadmin.js';
export { STATIC_ADMIN_ID, TokenDirectory } from './tokens/token-directory.js';
