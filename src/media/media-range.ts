import type { ByteRange } from './media-store.js';

/**
 * Reads a `Range` header.
 * @returns null for "all of it" (no header, or a unit that is not bytes), `unsatisfiable` for everything that is not
 * exactly one range inside the file
 */
export function parseRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  if (header === undefined || !header.trim().toLowerCase().startsWith('bytes')) return null;
  const parts = /^bytes\s*=\s*(\d{0,15})-(\d{0,15})$/i.exec(header.trim());
  const [, first = '', last = ''] = parts ?? [];
  if (!parts || (first === '' && last === '')) return 'unsatisfiable';
  if (first === '') {
    const start = Math.max(0, size - Number(last));
    return start < size ? { start, end: size - 1 } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : 'unsatisfiable';
}
