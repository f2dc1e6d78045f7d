/** Layout of raw PCM samples, little-endian. */
export interface PcmFormat {
  /** Samples per second and channel. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
}

export interface WavInfo extends PcmFormat {
  /** Byte at which the samples start. */
  readonly dataOffset: number;
  /** Bytes of samples; counted from the bytes at hand where the header leaves it open, as streaming writers do. */
  readonly dataBytes: number;
  readonly durationSeconds: number;
}

const HEADER_BYTES = 44;
const MAX_DATA_BYTES = 0xffff_ffff - HEADER_BYTES;

/**
 * The 44-byte RIFF/WAVE header for PCM samples.
 * @param dataBytes bytes of samples that follow
 * @throws RangeError when a figure does not fit the header (about 4 GiB of samples)
 */
export function wavHeader(format: PcmFormat, dataBytes: number): Buffer {
  if (!Number.isSafeInteger(dataBytes) || dataBytes < 0 || dataBytes > MAX_DATA_BYTES)
    throw new RangeError(`A WAV file cannot hold ${String(dataBytes)} bytes of samples.`);
  const frameBytes = (format.channels * format.bitsPerSample) / 8;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(format.channels, 22);
  header.writeUInt32LE(format.sampleRate, 24);
  header.writeUInt32LE(format.sampleRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(format.bitsPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Raw PCM samples as a WAV file. */
export function pcmToWav(pcm: Uint8Array, format: PcmFormat): Buffer {
  return Buffer.concat([wavHeader(format, pcm.byteLength), pcm]);
}

/**
 * Reads the header of a WAV file, chunk by chunk.
 * @param totalBytes size of the whole file, when `bytes` is only its beginning
 * @returns null when the bytes are not a readable WAV file
 */
export function readWav(bytes: Uint8Array, totalBytes: number = bytes.byteLength): WavInfo | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 12 || buffer.toString('latin1', 0, 4) !== 'RIFF' || buffer.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let format: PcmFormat | null = null;
  for (let offset = 12; offset + 8 <= buffer.length;) {
    const name = buffer.toString('latin1', offset, offset + 4);
    const size = buffer.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (name === 'fmt ') format = readFormat(buffer, start, size);
    if (name === 'data') return format && withData(format, start, size, totalBytes);
    // Chunks are padded to an even size.
    offset = start + size + (size % 2);
  }
  return null;
}

function readFormat(buffer: Buffer, start: number, size: number): PcmFormat | null {
  if (size < 16 || start + 16 > buffer.length) return null;
  const format = {
    channels: buffer.readUInt16LE(start + 2),
    sampleRate: buffer.readUInt32LE(start + 4),
    bitsPerSample: buffer.readUInt16LE(start + 14),
  };
  return format.channels > 0 && format.sampleRate > 0 && format.bitsPerSample > 0 ? format : null;
}

function withData(format: PcmFormat, dataOffset: number, declared: number, totalBytes: number): WavInfo {
  const present = Math.max(0, totalBytes - dataOffset);
  // 0 and 0xffffffff are what writers put who did not know the length yet; more than is there is a truncated file.
  const dataBytes = declared === 0 || declared > present ? present : declared;
  const bytesPerSecond = (format.sampleRate * format.channels * format.bitsPerSample) / 8;
  return { ...format, dataOffset, dataBytes, durationSeconds: dataBytes / bytesPerSecond };
}
