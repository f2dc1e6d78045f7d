import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';

/**
 * One decorator per body field: what is checked and what Swagger shows come from the same place, so they cannot
 * disagree. `optional` allows absence, `nullable` allows null.
 */
interface FieldOptions {
  readonly description?: string;
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly default?: unknown;
}

function field(options: FieldOptions, swagger: ApiPropertyOptions, rules: PropertyDecorator[]): PropertyDecorator {
  const { optional, description, example } = options;
  return applyDecorators(
    ApiProperty({
      ...swagger,
      required: !optional,
      ...(options.nullable ? { nullable: true } : {}),
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
      ...(options.default === undefined ? {} : { default: options.default }),
    } as ApiPropertyOptions),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...(options.nullable ? [IsOptional()] : []),
    ...rules,
  );
}

export interface TextOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** What the pattern means, for people. */
  readonly patternMessage?: string;
  /** What a pattern cannot say; the message is the pattern's. */
  readonly accepts?: (text: string) => boolean;
  /** For what models read: also NUL and half a surrogate pair, which no database column holds. */
  readonly anyText?: boolean;
}

/** A check of a text, told in words of ours. */
function check(accepts: (text: string) => boolean, message: string): PropertyDecorator {
  const validate = (value: unknown) => typeof value !== 'string' || accepts(value);
  return ValidateBy({ name: 'accepted', validator: { validate, defaultMessage: () => message } });
}

/** Whether PostgreSQL can keep a text. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

/** A string of `min` (default 1) to `max` (default 500) characters. */
export function TextField(options: TextOptions = {}): PropertyDecorator {
  const { min = 1, max = 500, pattern, patternMessage = 'is not what this field takes', accepts, anyText } = options;
  return field(options, { type: String, minLength: min, maxLength: max, ...(pattern && { pattern: pattern.source }) }, [
    ...(accepts ? [check(accepts, patternMessage)] : []),
    ...(pattern ? [Matches(pattern, options.patternMessage === undefined ? {} : { message: patternMessage })] : []),
    ...(anyText ? [] : [check(isStorable, 'must not hold NUL or half a character')]),
    MaxLength(max),
    ...(min > 0
      ? [MinLength(min, { message: min === 1 ? 'must not be empty' : `must have at least ${min} characters` })]
      : []),
    IsString(),
  ]);
}

/** A number; whole unless `fraction`. */
export function NumberField(
  options: FieldOptions & { readonly min: number; readonly max: number; readonly fraction?: boolean },
): PropertyDecorator {
  const { min, max, fraction } = options;
  return field(options, { type: fraction ? Number : 'integer', minimum: min, maximum: max }, [
    Max(max),
    Min(min),
    fraction ? IsNumber() : IsInt(),
  ]);
}

export function BooleanField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: Boolean }, [IsBoolean()]);
}

/** One of a closed set of words. */
export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, enum: [...values] }, [
    IsIn([...values], { message: `must be one of ${values.join(', ')}` }),
  ]);
}

/** A list of strings. */
export function TextListField(options: FieldOptions & { readonly max?: number } = {}): PropertyDecorator {
  return field(options, { type: [String] }, [IsString({ each: true }), IsArray()]);
}

/** A free JSON object. */
export function ObjectField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'object', additionalProperties: true }, [IsObject()]);
}

/** Query strings: `true`/`false` and numbers come as text. */
export const FromQuery = {
  boolean: () =>
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
  number: () =>
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value,
    ),
};
