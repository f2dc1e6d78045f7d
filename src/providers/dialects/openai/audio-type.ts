import type { AudioFormat } from '../../contract/index.js';

const MIME_OF_FORMAT: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  pcm: 'audio/pcm',
};

/**
 * MIME type of audio by its first bytes; raw samples have no mark, so they are what was asked for, else what the
 * label says.
 */
export function audioType(head: Uint8Array, format: AudioFormat | undefined, label: string | null): string {
  const mark = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (mark.startsWith('RIFF')) return 'audio/wav';
  if (mark.startsWith('OggS')) return 'audio/ogg';
  if (mark.startsWith('fLaC')) return 'audio/flac';
  if (mark.startsWith('ID3')) return 'audio/mpeg';
  if (format !== 'pcm' && head[0] === 0xff && head[1] !== undefined && head[1] >= 0xe0) {
    // An MPEG frame without a layer is AAC in its ADTS coat.
    return (head[1] & 0x06) === 0 ? 'audio/aac' : 'audio/mpeg';
  }
  if (format === 'pcm') return MIME_OF_FORMAT.pcm;
  const labelled = label?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (labelled.startsWith('audio/')) return labelled;
  return format === undefined ? 'application/octet-stream' : MIME_OF_FORMAT[format];
}
