import type { ImageRequest, WireProfile } from '../../contract/index.js';

/** Sides are whole multiples of this: what latent image models take. */
const GRID = 32;
const LEAST_SIDE = 256;
const MOST_SIDE = 2048;
const RATIOS = ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16'] as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size asked for; a missing side equals the other. Undefined when none was asked for. */
export function wantedSize({ width, height }: ImageRequest): Size | undefined {
  const side = width ?? height;
  return side === undefined ? undefined : { width: width ?? side, height: height ?? side };
}

/** How a vendor is asked for a size, by its wire profile. Empty where it cannot be asked or none is wanted. */
export function sizeParameters(request: ImageRequest, way: WireProfile['imageSize']): Record<string, unknown> {
  const wanted = wantedSize(request);
  if (wanted === undefined || way === 'none') return {};
  if (way === 'aspect_ratio') return { aspect_ratio: nearestRatio(wanted) };
  const { width, height } = onGrid(wanted);
  return way === 'size' ? { size: `${width}x${height}` } : { width, height };
}

/** The given size whose shape is nearest to the wanted one. */
export function nearestSize(wanted: Size, sizes: readonly [Size, ...Size[]]): Size {
  return sizes.reduce((best, each) => (distance(wanted, each) < distance(wanted, best) ? each : best));
}

/** The common aspect ratio nearest to the wanted size, as `16:9`. */
export function nearestRatio(wanted: Size): string {
  const shape = (ratio: string): Size => {
    const [width, height] = ratio.split(':').map(Number);
    return { width: width ?? 1, height: height ?? 1 };
  };
  return RATIOS.reduce((best, each) => (distance(wanted, shape(each)) < distance(wanted, shape(best)) ? each : best));
}

function onGrid({ width, height }: Size): Size {
  const shrink = Math.min(1, MOST_SIDE / Math.max(width, height));
  const grow = Math.max(1, LEAST_SIDE / Math.min(width, height));
  const side = (length: number): number =>
    Math.min(MOST_SIDE, Math.max(LEAST_SIDE, Math.ceil((length * shrink * grow) / GRID) * GRID));
  return { width: side(width), height: side(height) };
}

function distance(a: Size, b: Size): number {
  return Math.abs(Math.log(a.width / a.height) - Math.log(b.width / b.height));
}
