import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';
import { ERROR_TABLE, type ErrorCode } from '../errors/index.js';

class ProblemFieldSchema {
  @ApiProperty() field!: string;
  @ApiProperty() message!: string;
}

/** Swagger's picture of a problem document. */
export class ProblemSchema {
  @ApiProperty({ example: 'about:blank' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty({ enum: Object.keys(ERROR_TABLE) }) code!: string;
  @ApiProperty({ description: 'What is wrong and how to mend it.' }) detail!: string;
  @ApiProperty() instance!: string;
  @ApiProperty() request_id!: string;
  @ApiProperty({ type: [ProblemFieldSchema] }) errors!: ProblemFieldSchema[];
}

/** Documents the problems a route may answer, grouped by status, beside those every admin route shares. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...codes, 'unauthenticated', 'forbidden'] as ErrorCode[]) {
    const { status } = ERROR_TABLE[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    ...[...byStatus].map(([status, names]) =>
      ApiResponse({
        status,
        description: [...new Set(names)].map((name) => `\`${name}\``).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemSchema' } } },
      }),
    ),
  );
}
