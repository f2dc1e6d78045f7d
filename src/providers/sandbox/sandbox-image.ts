import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { invalidField } from '../../core/errors/index.js';

/** Pixels per side. */
const MAX_SIDE = 4_096;

/**
 * A PNG of exactly `width` × `height` pixels: a gradient whose colours follow from the prompt and `index`, with the
 * prompt written on it.
 */
export async function renderImage(prompt: string, width: number, height: number, index: number): Promise<Buffer> {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE)
      throw invalidField('size', `the sandbox draws pictures of 1 to ${String(MAX_SIDE)} pixels per side.`);
  return sharp(Buffer.from(drawing(prompt, width, height, index)))
    .png({ compressionLevel: 6 })
    .toBuffer();
}

function drawing(prompt: string, width: number, height: number, index: number): string {
  const hash = createHash('sha256')
    .update(`${String(index)}:${prompt}`)
    .digest();
  const hue = ((hash[0] ?? 0) / 256) * 360;
  const colour = (turn: number, light: number) =>
    `hsl(${String(Math.round((hue + turn) % 360))}, 55%, ${String(light)}%)`;
  const fontSize = Math.max(4, Math.min(width / 18, height / 9));
  const lines = wrapped(prompt, Math.max(4, Math.floor((width * 0.85) / (fontSize * 0.6))), 6);
  const top = height / 2 - ((lines.length - 1) * fontSize * 1.3) / 2;
  const texts = lines.map((line, at) => label(line, width / 2, top + at * fontSize * 1.3, fontSize, 1));
  const radius = Math.min(width, height) * (0.2 + (hash[1] ?? 0) / 1_024);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}">
<defs><linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
<stop offset="0" stop-color="${colour(0, 30)}"/><stop offset="1" stop-color="${colour(70, 48)}"/></linearGradient></defs>
<rect width="${String(width)}" height="${String(height)}" fill="url(#sky)"/>
<circle cx="${String(width * 0.8)}" cy="${String(height * 0.25)}" r="${String(radius)}" fill="#fff" fill-opacity="0.12"/>
${texts.join('\n')}
${label('AI Switchboard sandbox', width / 2, height - fontSize * 0.8, fontSize * 0.5, 0.75)}
</svg>`;
}

function label(text: string, x: number, y: number, size: number, opacity: number): string {
  return `<text x="${String(x)}" y="${String(y)}" text-anchor="middle" dominant-baseline="middle" font-family="sans-serif" font-size="${size.toFixed(2)}" fill="#fff" fill-opacity="${String(opacity)}">${xmlText(text)}</text>`;
}

/** Escapes markup and drops what XML 1.0 cannot hold at all: most controls, lone surrogates, U+FFFE and U+FFFF. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function wrapped(text: string, columns: number, most: number): string[] {
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.slice(0, 2_000));
  const lines: string[] = [''];
  for (const { segment } of segments) {
    const word = segment.replace(/\s+/gu, ' ').slice(0, columns);
    if ((lines.at(-1) ?? '').length + word.trimEnd().length > columns) lines.push('');
    lines.push((lines.pop() ?? '') + word);
  }
  const kept = lines.map((line) => line.trim()).filter((line) => line !== '');
  return kept.length > most ? [...kept.slice(0, most - 1), `${kept[most - 1] ?? ''}…`] : kept;
}
