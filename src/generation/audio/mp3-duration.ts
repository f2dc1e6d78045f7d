/** Kilobits per second by the header's index: MPEG 1 layer III, then MPEG 2 and 2.5 layer III. ISO/IEC 11172-3, 13818-3. */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

/** Samples per second of MPEG 1; MPEG 2 has half, MPEG 2.5 a quarter of it. */
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

interface Frame {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Seconds that an MP3 lasts, summed over its frames, so that variable bit rates and missing headers do not matter.
 * @returns null when no frame is found
 */
export function mp3Duration(bytes: Uint8Array): number | null {
  let seconds = 0;
  let offset = afterTag(bytes);
  while (offset + 4 <= bytes.length) {
    const frame = frameAt(bytes, offset);
    // Between frames lies at times padding or a tag: the next header is looked for.
    if (frame && offset + frame.bytes <= bytes.length) seconds += frame.seconds;
    offset += frame?.bytes ?? 1;
  }
  return seconds > 0 ? seconds : null;
}

/** Where the sound begins behind an ID3v2 tag, whose length is written in bytes of seven bits. */
function afterTag(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== 'ID3' || bytes.length < 10) return 0;
  return 10 + bytes.subarray(6, 10).reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
}

function frameAt(bytes: Uint8Array, offset: number): Frame | null {
  const [first = 0, second = 0, third = 0] = bytes.subarray(offset, offset + 3);
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2;
  const version = (second >> 3) & 3;
  const rate = SAMPLE_RATES[(third >> 2) & 3];
  if (!isLayer3 || version === 1 || rate === undefined) return null;
  const isMpeg1 = version === 3;
  const kilobits = BITRATES[isMpeg1 ? 0 : 1][third >> 4];
  if (!kilobits) return null;
  const sampleRate = rate / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const samples = isMpeg1 ? 1_152 : 576;
  const padding = (third >> 1) & 1;
  return {
    bytes: Math.floor((samples / 8) * ((kilobits * 1_000) / sampleRate)) + padding,
    seconds: samples / sampleRate,
  };
}
