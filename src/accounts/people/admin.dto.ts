import { BooleanField, ChoiceField, TextField } from '../../core/http/index.js';
import type { Role } from '../../core/identity/index.js';
import { EMAIL } from './email.js';
import { PasswordField } from './password-field.decorator.js';

/** Both roles, for bodies. */
export const ROLES = ['admin', 'superadmin'] as const satisfies readonly Role[];

/** An e-mail address with which one can sign in. */
export const EmailField = (optional = false) =>
  TextField({
    optional,
    max: 254,
    pattern: EMAIL,
    patternMessage: 'must be an e-mail address',
    example: 'ada@example.com',
  });

export class CreateAdminBody {
  @EmailField()
  email!: string;

  @TextField({ max: 100, example: 'Ada' })
  name!: string;

  @PasswordField({ optional: true, description: 'Absent: one is generated and shown once.' })
  password?: string;

  @ChoiceField(ROLES)
  role!: Role;
}

export class UpdateAdminBody {
  @EmailField(true)
  email?: string;

  @TextField({ optional: true, max: 100 })
  name?: string;

  @ChoiceField(ROLES, { optional: true, description: 'A change ends every session of the person.' })
  role?: Role;

  @BooleanField({ optional: true, description: 'True: sessions end, tokens stop working until it is lifted.' })
  is_suspended?: boolean;
}

export class ResetPasswordBody {
  @PasswordField({ optional: true, description: 'Absent: one is generated and shown once.' })
  password?: string;

  @BooleanField({ optional: true, default: false, description: 'False: the tokens of the person are revoked too.' })
  keep_tokens?: boolean;

  @BooleanField({ optional: true, default: false, description: 'True: the second factor is taken off, as when lost.' })
  remove_two_factor?: boolean;
}

export class UpdateMeBody {
  @TextField({ optional: true, max: 100 })
  name?: string;

  @PasswordField({ optional: true, description: 'Needed with new_password.' })
  current_password?: string;

  @PasswordField({ optional: true, description: 'Every other session ends; this browser gets a new cookie.' })
  new_password?: string;
}
