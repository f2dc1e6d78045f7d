import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { Database } from '../core/database/index.js';
import { ADMIN_RESOLVER } from '../core/identity/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions } from './accounts.options.js';
import { AccountsResolver } from './accounts.resolver.js';
import { FirstSuperadmin } from './first-superadmin.js';
import { AUTH, createAuth } from './sign-in/auth.factory.js';
import { AuthGateway } from './sign-in/auth.gateway.js';
import { authSecrets } from './sign-in/auth-secrets.js';
import { SameOriginGuard } from './sign-in/same-origin.guard.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInLimiter } from './sign-in/sign-in-limiter.js';
import { SignIn } from './sign-in/sign-in.service.js';
import { TwoFactorController } from './sign-in/two-factor.controller.js';
import { TokenDirectory } from './tokens/token-directory.js';
import { TokenUse } from './tokens/token-use.js';

/** People, sessions and tokens of the standalone server, and its answer to the identity port. */
@Module({})
export class AccountsModule {
  static register(options: AccountsOptions): DynamicModule {
    return {
      module: AccountsModule,
      imports: [CqrsModule, ...(options.imports ?? [])],
      controllers: [SignInController, TwoFactorController],
      providers: [
        { provide: ACCOUNTS_OPTIONS, useValue: options },
        {
          provide: AUTH,
          inject: [Database, SWITCHBOARD_SETTINGS],
          useFactory: (database: Database, settings: SwitchboardSettings) =>
            createAuth(database, options, authSecrets(settings)),
        },
        AuthGateway,
        SignIn,
        SignInLimiter,
        SameOriginGuard,
        FirstSuperadmin,
        TokenUse,
        TokenDirectory,
        AccountsResolver,
        { provide: ADMIN_RESOLVER, useExisting: AccountsResolver },
      ],
      exports: [ADMIN_RESOLVER, AccountsResolver, FirstSuperadmin, TokenDirectory],
    };
  }
}
