import { fileTypeFromBuffer } from 'file-type';

/** What a stored file is, as far as its first bytes prove it. */
export interface MediaType {
  readonly mime: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Bytes from the beginning of a file that settle its type. */
export const SNIFFED_BYTES = 4_100;

/** Proves nothing, promises nothing: always a download. */
const UNKNOWN: MediaType = { mime: 'application/octet-stream', extension: 'bin' };

/** Types that browsers may show in place. Formats that can carry script (SVG, HTML, XML, PDF) are never among them. */
const INLINE: readonly MediaType[] = [
  { mime: 'image/png', extension: 'png' },
  { mime: 'image/jpeg', extension: 'jpg' },
  { mime: 'image/webp', extension: 'webp' },
  { mime: 'image/gif', extension: 'gif' },
  { mime: 'image/avif', extension: 'avif' },
  { mime: 'video/mp4', extension: 'mp4' },
  { mime: 'video/webm', extension: 'webm' },
  { mime: 'audio/mpeg', extension: 'mp3' },
  { mime: 'audio/wav', extension: 'wav' },
];

/** Known to us, but only as downloads. */
const DOWNLOADS: readonly MediaType[] = [
  { mime: 'audio/ogg', extension: 'ogg' },
  { mime: 'audio/aac', extension: 'aac' },
  { mime: 'audio/flac', extension: 'flac' },
  { mime: 'audio/x-m4a', extension: 'm4a' },
];

const ALIASES: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'audio/x-flac': 'audio/flac',
  'audio/opus': 'audio/ogg',
};

/** The type of a file by its magic bytes alone; anything outside our list is `application/octet-stream`. */
export async function sniffMediaType(head: Uint8Array): Promise<MediaType> {
  const found = await fileTypeFromBuffer(head.subarray(0, SNIFFED_BYTES));
  const bare = found?.mime.split(';', 1)[0]?.trim() ?? '';
  const mime = ALIASES[bare] ?? bare;
  return [...INLINE, ...DOWNLOADS].find((type) => type.mime === mime) ?? UNKNOWN;
}

/** Whether a browser may show the type in place. */
export function isInlineType(mime: string): boolean {
  return INLINE.some((type) => type.mime === mime);
}

/** Whether the type is a picture that we decode. */
export function isPictureType(mime: string): boolean {
  return isInlineType(mime) && mime.startsWith('image/');
}
