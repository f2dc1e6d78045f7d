import { ApiProperty } from '@nestjs/swagger';
import type { KeyStatus, ProviderKey } from './provider-key.entity.js';

/** What may be known of a stored key. */
export class ProviderKeyView {
  @ApiProperty({ description: 'Last four characters; empty for short keys.' }) last4!: string;
  @ApiProperty({ description: 'Tells keys apart without telling them.' }) fingerprint!: string;
  @ApiProperty({ enum: ['unverified', 'valid', 'invalid', 'undecryptable'] }) status!: KeyStatus;
  @ApiProperty({ format: 'date-time' }) set_at!: string;
}

export function toProviderKeyView(key: ProviderKey): ProviderKeyView {
  return { last4: key.last4, fingerprint: key.fingerprint, status: key.status, set_at: key.setAt.toISOString() };
}
