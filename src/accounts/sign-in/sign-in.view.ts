import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A person as better-auth's routes show it: its own field names. */
export class AuthUserView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: string;
  @ApiProperty() emailVerified!: boolean;
  @ApiProperty() twoFactorEnabled!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
}

/** A session; its token is in the cookie and nowhere else. */
export class AuthSessionView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) userId!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, nullable: true }) ipAddress!: string | null;
  @ApiProperty({ type: String, nullable: true }) userAgent!: string | null;
}

export class SignInView {
  @ApiProperty({ description: 'Always false.' }) redirect!: boolean;
  @ApiPropertyOptional({ type: AuthUserView, description: 'Who signed in; absent when a second factor is asked.' })
  user?: AuthUserView;
  @ApiPropertyOptional({ description: 'True: now send a code to /api/auth/two-factor/verify-totp.' })
  twoFactorRedirect?: boolean;
  @ApiPropertyOptional({ type: [String] }) twoFactorMethods?: string[];
}

export class SessionView {
  @ApiProperty({ type: AuthSessionView }) session!: AuthSessionView;
  @ApiProperty({ type: AuthUserView }) user!: AuthUserView;
}

export class SignedUserView {
  @ApiProperty({ type: AuthUserView }) user!: AuthUserView;
}

export class SuccessView {
  @ApiProperty() success!: boolean;
}

export class EnrolmentView {
  @ApiProperty({ description: 'otpauth:// address for an authenticator app.' }) totpURI!: string;
  @ApiProperty({ type: [String], description: 'Each works once. Shown only now.' }) backupCodes!: string[];
}

export class TotpUriView {
  @ApiProperty() totpURI!: string;
}

export class BackupCodesView {
  @ApiProperty({ type: [String] }) backupCodes!: string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The user of a better-auth answer, field by field: nothing secret can ride along. */
export function toAuthUserView(user: unknown): AuthUserView {
  const fields = user as Fields;
  return {
    id: fields['id'] as string,
    email: fields['email'] as string,
    name: fields['name'] as string,
    role: fields['role'] as string,
    emailVerified: fields['emailVerified'] === true,
    twoFactorEnabled: fields['twoFactorEnabled'] === true,
    createdAt: fields['createdAt'] as string,
    updatedAt: fields['updatedAt'] as string,
  };
}

/** The session of a better-auth answer, without its token. */
export function toAuthSessionView(session: unknown): AuthSessionView {
  const fields = session as Fields;
  return {
    id: fields['id'] as string,
    userId: fields['userId'] as string,
    expiresAt: fields['expiresAt'] as string,
    createdAt: fields['createdAt'] as string,
    ipAddress: (fields['ipAddress'] as string | null | undefined) ?? null,
    userAgent: (fields['userAgent'] as string | null | undefined) ?? null,
  };
}

/** What a sign-in answers: the person, or that a second factor is still to come. */
export function toSignInView(answer: Fields | null): SignInView {
  if (answer?.['twoFactorRedirect'] === true)
    return { redirect: false, twoFactorRedirect: true, twoFactorMethods: answer['twoFactorMethods'] as string[] };
  return { redirect: false, user: toAuthUserView(answer?.['user']) };
}
