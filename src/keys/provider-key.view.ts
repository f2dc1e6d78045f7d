import { ApiProperty } from '@nestjs/swagger';
import type { KeyStatus, ProviderKey } from './provider-key.entity.js';

/** What may be known of a stored key. */
export class ProviderKeyView {
  @ApiProperty({ description: 'Last four characters; empty for short keys.' }) last4!: string;
  @ApiProperty({ description: 'Tells keys apart without telling them.' }) fingerprint!: string;
  @ApiProperty({ enum: ['unverified', 'valid', 'invalid', 'undecryptable'] }) status!: KeyStatus;
  @ApiProperty({ format: 'date-time' }) set_at!: string;
}

/** A key among several. */
export class ListedKeyView extends ProviderKeyView {
  @ApiProperty() id!: string;
  @ApiProperty({ description: 'Unique per owner; "primary" is the one that PUT …-key replaces.' }) label!: string;
  @ApiProperty({ type: 'integer', description: 'Share of the calls among the keys that are well.' }) weight!: number;
  @ApiProperty({ description: 'Its provider asked for a pause; another key carries on.' }) is_resting!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is invalid.' }) reason!: string | null;
}

export function toProviderKeyView(key: ProviderKey): ProviderKeyView {
  return { last4: key.last4, fingerprint: key.fingerprint, status: key.status, set_at: key.setAt.toISOString() };
}

export function toListedKeyView(key: ProviderKey, isReadable: boolean, isResting: boolean): ListedKeyView {
  return {
    id: key.id,
    label: key.label,
    weight: key.weight,
    last4: key.last4,
    fingerprint: key.fingerprint,
    status: isReadable ? key.status : 'undecryptable',
    is_resting: isResting,
    reason: key.reason ?? null,
    set_at: key.setAt.toISOString(),
  };
}
