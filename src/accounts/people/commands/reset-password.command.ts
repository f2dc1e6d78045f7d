import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';
import type { ResetPasswordView } from '../admin.view.js';

export interface PasswordReset {
  /** Undefined: one is generated and answered once. */
  readonly password: string | undefined;
  readonly keepTokens: boolean;
  readonly removeTwoFactor: boolean;
}

/** Gives a person a new password; her sessions end and, unless kept, her tokens. */
export class ResetPassword extends Command<ResetPasswordView> {
  constructor(
    readonly adminId: string,
    readonly reset: PasswordReset,
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}
