import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Matches, ValidateIf } from 'class-validator';

/** An amount in USD: a decimal string; a number is taken for one. Optional; null where `nullable`. */
export function MoneyField(options: { readonly description?: string; readonly nullable?: boolean }): PropertyDecorator {
  const { description, nullable = false } = options;
  return applyDecorators(
    ApiProperty({
      type: String,
      required: false,
      nullable,
      example: '25.00',
      ...(description === undefined ? {} : { description }),
    }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value)),
    ValidateIf((_, value) => value !== undefined && !(nullable && value === null)),
    Matches(/^\d{1,9}(\.\d{1,12})?$/, { message: 'must be an amount in USD like "25.00", not negative' }),
  );
}
