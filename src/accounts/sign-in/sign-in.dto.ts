import { BooleanField, TextField } from '../../core/http/index.js';
import { PasswordField } from '../people/password-field.decorator.js';

export class SignInBody {
  @TextField({ max: 320, example: 'admin@example.com' })
  email!: string;

  @PasswordField()
  password!: string;

  @BooleanField({ optional: true, default: true, description: 'False: the cookie ends with the browser session.' })
  rememberMe?: boolean;
}

export class ChangePasswordBody {
  @PasswordField()
  currentPassword!: string;

  @PasswordField()
  newPassword!: string;

  @BooleanField({ optional: true, default: true, description: 'Other sessions always end; kept for client libraries.' })
  revokeOtherSessions?: boolean;
}

export class PasswordBody {
  @PasswordField()
  password!: string;
}

export class SecondFactorBody {
  @TextField({ max: 64, example: '123456' })
  code!: string;

  @BooleanField({ optional: true, default: false, description: 'Ask no code in this browser for 30 days.' })
  trustDevice?: boolean;
}
