import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SWITCHBOARD_SETTINGS } from '../core/config/index.js';
import { Database } from '../core/database/index.js';
import { ADMIN_RESOLVER } from '../core/identity/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions, isHttps } from './accounts.options.js';
import { AccountsResolver } from './accounts.resolver.js';
import { FirstSuperadmin } from './first-superadmin.js';
import { AcceptanceController } from './invitations/acceptance.controller.js';
import { AcceptInvitationHandler } from './invitations/commands/accept-invitation.handler.js';
import { InviteAdminHandler } from './invitations/commands/invite-admin.handler.js';
import { RevokeInvitationHandler } from './invitations/commands/revoke-invitation.handler.js';
import { InvitationRepository } from './invitations/invitation.repository.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { AdminRepository } from './people/admin.repository.js';
import { AdminsController } from './people/admins.controller.js';
import { CreateAdminHandler } from './people/commands/create-admin.handler.js';
import { EndSessionsHandler } from './people/commands/end-sessions.handler.js';
import { RenameSelfHandler } from './people/commands/rename-self.handler.js';
import { ResetPasswordHandler } from './people/commands/reset-password.handler.js';
import { UpdateAdminHandler } from './people/commands/update-admin.handler.js';
import { MeController } from './people/me.controller.js';
import { AUTH, createAuth } from './sign-in/auth.factory.js';
import { AuthGateway } from './sign-in/auth.gateway.js';
import { AUTH_SECRETS, type AuthSecret, authSecrets } from './sign-in/auth-secrets.js';
import { CallNotes } from './sign-in/call-notes.js';
import { KnownBrowser } from './sign-in/known-browser.js';
import { SameOriginGuard } from './sign-in/same-origin.guard.js';
import { SignInAudit } from './sign-in/sign-in-audit.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInLimiter } from './sign-in/sign-in-limiter.js';
import { SignIn } from './sign-in/sign-in.service.js';
import { TwoFactorController } from './sign-in/two-factor.controller.js';
import { CreateTokenHandler } from './tokens/commands/create-token.handler.js';
import { RevokeTokenHandler } from './tokens/commands/revoke-token.handler.js';
import { TokenDirectory } from './tokens/token-directory.js';
import { TokenUse } from './tokens/token-use.js';
import { TokensController } from './tokens/tokens.controller.js';

/** People, sessions and tokens of the standalone server, and its answer to the identity port. */
@Module({})
export class AccountsModule {
  static register(options: AccountsOptions): DynamicModule {
    return {
      module: AccountsModule,
      imports: [CqrsModule, ...(options.imports ?? [])],
      controllers: [
        SignInController,
        TwoFactorController,
        AcceptanceController,
        TokensController,
        InvitationsController,
        AdminsController,
        MeController,
      ],
      providers: [
        { provide: ACCOUNTS_OPTIONS, useValue: options },
        { provide: AUTH_SECRETS, inject: [SWITCHBOARD_SETTINGS], useFactory: authSecrets },
        {
          provide: AUTH,
          inject: [Database, AUTH_SECRETS, CallNotes],
          useFactory: (database: Database, secrets: AuthSecret[], notes: CallNotes) =>
            createAuth(database, options, secrets, notes),
        },
        {
          provide: KnownBrowser,
          inject: [AUTH_SECRETS],
          useFactory: ([first]: AuthSecret[]) => new KnownBrowser(first?.value ?? '', isHttps(options)),
        },
        CallNotes,
        AuthGateway,
        SignInAudit,
        SignIn,
        SignInLimiter,
        SameOriginGuard,
        FirstSuperadmin,
        TokenUse,
        TokenDirectory,
        CreateTokenHandler,
        RevokeTokenHandler,
        AdminRepository,
        CreateAdminHandler,
        UpdateAdminHandler,
        ResetPasswordHandler,
        RenameSelfHandler,
        EndSessionsHandler,
        InvitationRepository,
        InviteAdminHandler,
        RevokeInvitationHandler,
        AcceptInvitationHandler,
        AccountsResolver,
        { provide: ADMIN_RESOLVER, useExisting: AccountsResolver },
      ],
      exports: [ADMIN_RESOLVER, AccountsResolver, FirstSuperadmin, TokenDirectory],
    };
  }
}
