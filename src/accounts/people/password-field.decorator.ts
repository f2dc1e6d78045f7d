import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, ValidateIf } from 'class-validator';
import { PASSWORD_LENGTH } from './password.js';

/**
 * A password in a body. Only its type is checked here: how long it may be is decided by `requireAcceptable` or
 * `refuseOversized`, which answer with a code of their own.
 */
export function PasswordField(options: { description?: string; optional?: boolean } = {}): PropertyDecorator {
  const { min, max } = PASSWORD_LENGTH;
  return applyDecorators(
    ApiProperty({
      type: String,
      format: 'password',
      minLength: min,
      maxLength: max,
      required: !options.optional,
      ...(options.description !== undefined && { description: options.description }),
    }),
    ...(options.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    IsString(),
  );
}
