import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the built panel, held in memory. */
export interface PanelFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Its name holds a hash of its content, so it may be kept for ever. */
  readonly isHashed: boolean;
}

export type PanelFiles = ReadonlyMap<string, PanelFile>;

/** Where `npm run build` puts the panel, from the sources as from the build. */
export const PANEL_DIRECTORY = fileURLToPath(new URL('../../panel/dist', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const BASE = /<base href="[^"]*" ?\/?>/;

/**
 * Reads the built panel once. A request then is a look-up by name, so no path can lead out of the folder. Empty when
 * the panel was not built: the API serves without it. Writes the prefix into the page, so that deep links find the
 * assets.
 *
 * @param base path before the panel, beginning and ending with a slash
 */
export function readPanelFiles(directory: string, base: string): PanelFiles {
  const files = new Map<string, PanelFile>();
  if (!existsSync(join(directory, 'index.html'))) return files;
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).split(sep).join('/');
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const read = readFileSync(path);
    const bytes =
      name === 'index.html' ? Buffer.from(read.toString('utf8').replace(BASE, `<base href="${base}" />`)) : read;
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    files.set(name, { bytes, type, etag, isHashed: name.startsWith('assets/') });
  }
  return files;
}
