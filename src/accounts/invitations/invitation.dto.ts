import { ChoiceField, NumberField, TextField } from '../../core/http/index.js';
import { EmailField, ROLES } from '../people/admin.dto.js';
import { PasswordField } from '../people/password-field.decorator.js';
import type { Role } from '../../core/identity/index.js';

/** Hours for which an invitation holds when nobody said otherwise. */
export const DEFAULT_HOURS = 72;

export class InviteAdminBody {
  @EmailField()
  email!: string;

  @ChoiceField(ROLES)
  role!: Role;

  @NumberField({ optional: true, min: 1, max: 720, default: DEFAULT_HOURS, description: 'Hours until it expires.' })
  expires_in_hours?: number;
}

const SecretField = () =>
  TextField({ max: 100, example: 'sbi_…', description: 'What stands behind #token= in the link.' });

export class ReadInvitationBody {
  @SecretField()
  token!: string;
}

export class AcceptInvitationBody {
  @SecretField()
  token!: string;

  @TextField({ max: 100, example: 'Ada' })
  name!: string;

  @PasswordField()
  password!: string;
}
