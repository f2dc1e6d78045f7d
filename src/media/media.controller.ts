import { pipeline } from 'node:stream/promises';
import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { SwitchboardError } from '../core/errors/index.js';
import { ApiProblems, type HttpReply, type HttpRequest, ProblemFilter, takeOver } from '../core/http/index.js';
import { ADMIN_RESOLVER, type AdminResolver, requireScope } from '../core/identity/index.js';
import { parseRange } from './media-range.js';
import { isInlineType } from './media-type.js';
import { MediaService, type OpenedMedia } from './media.service.js';

/** Hands stored media to their owner, and to whoever holds a signed address. */
@Controller('media')
@UseFilters(ProblemFilter)
@ApiTags('Media')
export class MediaController {
  constructor(
    @Inject(MediaService) private readonly media: MediaService,
    @Inject(ADMIN_RESOLVER) private readonly resolver: AdminResolver,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'Download a stored picture or sound (owner, or signed address); single ranges are served' })
  @ApiQuery({ name: 'expires', required: false, description: 'Seconds since 1970; part of a signed address' })
  @ApiQuery({ name: 'signature', required: false, description: 'Part of a signed address' })
  @ApiOkResponse({ description: 'The bytes', content: { 'application/octet-stream': {} } })
  @ApiProblems('not_found')
  async download(
    @Param('id') id: string,
    @Query('expires') expires: unknown,
    @Query('signature') signature: unknown,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const isSigned = expires !== undefined || signature !== undefined;
    const medium = isSigned
      ? await this.media.open(id, { viewer: null, signed: { expires: text(expires), signature: text(signature) } })
      : await this.media.open(id, { viewer: await this.viewerOf(request) });
    await send(medium, request, reply);
  }

  private async viewerOf(request: HttpRequest): Promise<string> {
    const admin = await this.resolver.resolve(request);
    if (!admin) throw new SwitchboardError('unauthenticated', 'Sign in, send a token, or use a signed address.');
    requireScope(admin, 'read');
    return admin.id;
  }
}

async function send(medium: OpenedMedia, request: HttpRequest, reply: HttpReply): Promise<void> {
  const headers = headersOf(medium);
  if (request.headers['if-none-match'] === headers['etag']) {
    takeOver(reply).writeHead(304, headers).end();
    return;
  }
  const ifRange = request.headers['if-range'];
  const isRangeValid = ifRange === undefined || ifRange === headers['etag'];
  const range = isRangeValid ? parseRange(request.headers.range, medium.bytes) : null;
  if (range === 'unsatisfiable') {
    takeOver(reply)
      .writeHead(416, { ...headers, 'content-type': 'text/plain', 'content-range': `bytes */${String(medium.bytes)}` })
      .end();
    return;
  }
  // Opened before the reply is taken over, so that a file that is gone is still a 404.
  const stream = request.method === 'HEAD' ? null : await medium.read(range ?? undefined);
  const response = takeOver(reply).writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': range ? range.end - range.start + 1 : medium.bytes,
    ...(range ? { 'content-range': `bytes ${String(range.start)}-${String(range.end)}/${String(medium.bytes)}` } : {}),
  });
  if (!stream) response.end();
  // A reader who leaves early, or a disk that fails in between, has closed the connection already: nobody to tell.
  else await pipeline(stream, response).catch(() => undefined);
}

function headersOf({ mime, sha256, id, storageKey }: OpenedMedia): Record<string, string> {
  const extension = storageKey.slice(storageKey.lastIndexOf('.') + 1);
  return {
    'content-type': mime,
    'content-disposition': `${isInlineType(mime) ? 'inline' : 'attachment'}; filename="${id}.${extension}"`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    // Revalidated each time, so that a cache never answers for a right that has ended.
    'cache-control': 'private, no-cache',
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
  };
}

/** A repeated parameter arrives as an array: no signature is one. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
