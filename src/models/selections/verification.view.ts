import { ApiProperty } from '@nestjs/swagger';
import type { Verification } from './model-verifier.js';

export class VerificationView {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The model’s own words, at most 500 characters; null for pictures, sound, vectors and empty answers.',
    example: 'ok',
  })
  reply!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Size of the picture or sound that came back.' })
  bytes!: number | null;
  @ApiProperty({ type: 'integer', description: 'Milliseconds until the answer was complete.' }) latency_ms!: number;
}

export function toVerificationView({ reply, bytes, latencyMs }: Verification): VerificationView {
  return { reply, bytes, latency_ms: latencyMs };
}
