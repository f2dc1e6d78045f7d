import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signs the address of one medium until one moment. Whoever holds the address may read that medium and nothing else.
 * @param expires seconds since 1970
 */
export function signMedia(secret: Uint8Array, id: string, expires: number): string {
  // The label keeps signatures made for other purposes with the same secret from passing here.
  return createHmac('sha256', secret)
    .update(`switchboard media\n${id}\n${String(expires)}`)
    .digest('base64url');
}

/** Whether the signature is ours for this medium and moment; takes the same time for every wrong one. */
export function isMediaSignature(secret: Uint8Array, id: string, expires: number, signature: string): boolean {
  const right = Buffer.from(signMedia(secret, id, expires));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}
