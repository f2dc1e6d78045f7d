import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { MoneyField, NumberField, TextField } from '../../core/http/index.js';
import type { Scope } from '../../core/identity/index.js';

export const SCOPES = ['generate', 'read', 'manage'] as const satisfies readonly Scope[];

/** ISO 8601 with a time zone: a bare date would mean another instant on each machine. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

function AllowListField(description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: [String], required: false, nullable: true, description, maxItems: 200 }),
    IsOptional(),
    Matches(NAME, { each: true, message: 'must hold names in lower case, such as "chat" or "openrouter"' }),
    ArrayUnique(),
    ArrayMaxSize(200),
    ArrayNotEmpty({ message: 'must not be empty; leave it out to allow all' }),
    IsArray(),
  );
}

export class CreateTokenBody {
  @TextField({ max: 100, example: 'website', description: 'What the token is for.' })
  name!: string;

  @ApiProperty({ enum: SCOPES, isArray: true, required: false, default: ['generate', 'read'] })
  @IsOptional()
  @IsIn(SCOPES, { each: true, message: `must hold only ${SCOPES.join(', ')}` })
  @ArrayUnique()
  @ArrayNotEmpty()
  @IsArray()
  scopes?: Scope[] | null;

  @AllowListField('Capabilities it may generate with; null or absent: all.')
  capabilities?: string[] | null;

  @AllowListField('Slugs of the providers it may generate with; null or absent: all.')
  providers?: string[] | null;

  @NumberField({
    min: 0,
    max: 1_000_000_000,
    optional: true,
    nullable: true,
    description: 'Requests per calendar month (UTC), at all providers together; null or absent: no limit of its own.',
  })
  monthly_limit?: number | null;

  @MoneyField({ nullable: true, description: 'USD per calendar month (UTC); null or absent: no budget of its own.' })
  monthly_budget_usd?: string | null;

  @NumberField({
    min: 1,
    max: 100_000,
    optional: true,
    nullable: true,
    description: 'Calls to models that may run with it at once, per server; null or absent: as many as its maker may.',
  })
  max_concurrent?: number | null;

  @TextField({
    optional: true,
    nullable: true,
    max: 40,
    pattern: INSTANT,
    patternMessage: 'must be a time with its zone, such as 2027-01-31T00:00:00Z',
    example: '2027-01-31T00:00:00Z',
    description: 'Null or absent: never.',
  })
  expires_at?: string | null;
}
