import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { PanelFile, PanelFiles } from './panel-files.js';

/** First path segments that are never the panel's: what is unknown below them is a 404 of the API. */
const RESERVED = new Set(['api', 'v1', 'docs', 'docs-json', 'docs-yaml', 'media', 'health', 'metrics']);

const YEAR_SECONDS = 31_536_000;

// Mantine sets style attributes, so styles may be inline; scripts may not.
const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' blob: data:`,
  `media-src 'self' blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'self'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  vary: 'accept-encoding',
} as const;

type Encoding = 'br' | 'gzip' | 'identity';

/** Answers requests for the panel from memory; compresses each file once, when it is first asked for. */
export class PanelResponder {
  private readonly compressed = new Map<string, Promise<Buffer>>();

  /** @param base path before the panel, beginning and ending with a slash */
  constructor(
    private readonly files: PanelFiles,
    private readonly base: string,
  ) {}

  /** The file for a request, or null when it is not the panel's to answer. */
  find(url: string, accept: string | undefined): { readonly name: string; readonly file: PanelFile } | null {
    const path = url.split(/[?#]/, 1)[0] ?? '/';
    if (!`${path}/`.startsWith(this.base)) return null;
    const name = path.slice(this.base.length);
    const file = this.files.get(name);
    if (file) return { name, file };
    if (RESERVED.has(name.split('/', 1)[0]?.toLowerCase() ?? '')) return null;
    // A page of the panel: the browser's router knows it. A missing asset is a 404, never the page.
    const wantsPage = name === '' || (!/\.[a-z0-9]+$/i.test(name) && (accept ?? '').includes('text/html'));
    const page = this.files.get('index.html');
    return wantsPage && page ? { name: 'index.html', file: page } : null;
  }

  async answer(request: IncomingMessage, response: ServerResponse, name: string, file: PanelFile): Promise<void> {
    for (const [header, value] of Object.entries(HEADERS)) response.setHeader(header, value);
    response.setHeader('cache-control', file.isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    response.setHeader('etag', file.etag);
    if (request.headers['if-none-match'] === file.etag) {
      response.statusCode = 304;
      response.end();
      return;
    }
    const encoding = encodingFor(request.headers['accept-encoding'], file);
    const bytes = await this.encoded(name, file, encoding);
    response.setHeader('content-type', file.type);
    if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
    response.setHeader('content-length', bytes.length);
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  private encoded(name: string, file: PanelFile, encoding: Encoding): Promise<Buffer> {
    if (encoding === 'identity') return Promise.resolve(file.bytes);
    const key = `${encoding} ${name}`;
    let bytes = this.compressed.get(key);
    if (bytes === undefined) {
      bytes =
        encoding === 'br'
          ? promisify(brotliCompress)(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
          : promisify(gzip)(file.bytes);
      this.compressed.set(key, bytes);
    }
    return bytes;
  }
}

function encodingFor(accepted: string | string[] | undefined, file: PanelFile): Encoding {
  if (file.type.startsWith('font/')) return 'identity';
  const list = String(accepted ?? '');
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0+)?\b)/.test(list)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\b)/.test(list) ? 'gzip' : 'identity';
}
