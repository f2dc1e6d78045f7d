import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, SwitchboardError } from '../errors/index.js';

/** Checks bodies and queries against their DTO; unknown fields are refused, every problem is named at once. */
export function bodyPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => {
      const problems = fieldErrors(errors, '');
      return new SwitchboardError(
        'validation_failed',
        problems.map(({ field, message }) => `${field}: ${message}`).join('; ') || 'The body is not an object.',
        { errors: problems },
      );
    },
  });
}

function fieldErrors(errors: readonly ValidationError[], parent: string): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent + error.property;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: rule === 'whitelistValidation' ? 'is not a field of this request; remove it' : stripName(message, error),
    }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}

/** class-validator's default messages begin with the property's name, which we already say. */
function stripName(message: string, { property }: ValidationError): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
