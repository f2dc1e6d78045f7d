import { describe, expect, it } from '@jest/globals';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { processImage } from './image-processing.js';

/** Red left half, blue right half, so that crops and turns can be seen. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'blue' } }, left: width / 2, top: 0 },
  ]);

async function pixel(bytes: Buffer, left: number, top: number): Promise<'red' | 'blue' | 'other'> {
  const { data } = await sharp(bytes)
    .removeAlpha()
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [red = 0, , blue = 0] = data;
  return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : 'other';
}

describe('processing a picture', () => {
  it.each([
    [1024, 1024, 1200, 630],
    [1536, 1024, 1200, 630],
    [64, 48, 1, 1],
    [100, 100, 4096, 16],
    [64, 64, 999, 1001],
  ])('makes of %i × %i exactly %i × %i, the middle in the middle', async (width, height, wantedWidth, wantedHeight) => {
    const size = { width: wantedWidth, height: wantedHeight };
    const image = await processImage(await halves(width, height).png().toBuffer(), { size });
    expect(image).toMatchObject({ mime: 'image/png', ...size });
    expect(await sharp(image.bytes).metadata()).toMatchObject({ format: 'png', ...size });
    if (wantedWidth < 10) return;
    expect(await pixel(image.bytes, 1, 0)).toBe('red');
    expect(await pixel(image.bytes, wantedWidth - 2, wantedHeight - 1)).toBe('blue');
  });

  it.each(['png', 'jpeg', 'webp'] as const)('gives %s, proved by the bytes', async (format) => {
    const image = await processImage(await halves(60, 40).gif().toBuffer(), { format });
    expect(image).toMatchObject({ mime: `image/${format}`, width: 60, height: 40 });
    expect((await fileTypeFromBuffer(image.bytes))?.mime).toBe(`image/${format}`);
  });

  it('keeps the vendor’s container when it is a usual one, and makes PNG of the rest', async () => {
    const size = { width: 20, height: 20 };
    const mimeOf = async (bytes: Buffer) => (await processImage(bytes, { size })).mime;
    expect(await mimeOf(await halves(60, 40).jpeg().toBuffer())).toBe('image/jpeg');
    expect(await mimeOf(await halves(60, 40).webp().toBuffer())).toBe('image/webp');
    expect(await mimeOf(await halves(60, 40).gif().toBuffer())).toBe('image/png');
    expect(await mimeOf(await halves(60, 40).avif().toBuffer())).toBe('image/png');
  });

  it('leaves bytes alone that are right already', async () => {
    const bytes = await halves(60, 40).png().toBuffer();
    expect((await processImage(bytes)).bytes).toBe(bytes);
    expect((await processImage(bytes, { size: { width: 60, height: 40 }, format: 'png' })).bytes).toBe(bytes);
  });

  it('turns a photograph upright and measures it so', async () => {
    const bytes = await halves(60, 40).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    const image = await processImage(bytes, { format: 'png' });
    expect(image).toMatchObject({ width: 40, height: 60 });
    expect(await pixel(image.bytes, 20, 2)).toBe('red');
    expect(await pixel(image.bytes, 20, 57)).toBe('blue');
  });

  it('takes the first frame of an animation', async () => {
    const frames = sharp(Buffer.alloc(10 * 20 * 3).fill(255, 10 * 10 * 3), {
      raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
    });
    const image = await processImage(await frames.webp({ lossless: true }).toBuffer());
    expect(image).toMatchObject({ mime: 'image/png', width: 10, height: 10 });
  });

  it('lays transparent pictures on white for JPEG', async () => {
    const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    const { bytes } = await processImage(await clear.png().toBuffer(), { format: 'jpeg' });
    expect((await sharp(bytes).stats()).channels[0]?.min).toBeGreaterThan(250);
  });

  it('A71, A72 refuses what is no picture, broken, or cut off, also when nothing had to change', async () => {
    const noise = sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    });
    const [png, jpeg, webp] = [
      await noise.png().toBuffer(),
      await noise.jpeg().toBuffer(),
      await noise.webp().toBuffer(),
    ];
    const broken = [png, jpeg, webp].map((bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)));
    const texts = ['', 'not a picture', '<svg xmlns="http://www.w3.org/2000/svg"/>', '{"error":"no"}', '%PDF-1.7'];
    for (const bytes of [...broken, ...texts.map((text) => Buffer.from(text)), png.subarray(0, 20)])
      for (const wish of [{}, { size: { width: 10, height: 10 } }])
        await expect(processImage(bytes, wish)).rejects.toMatchObject({ code: 'upstream_bad_response' });
  });
});
