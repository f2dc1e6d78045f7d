import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HttpReply } from '../core/http/index.js';

/** Answers through whatever HTTP framework runs, for handlers that took `@Res()`. */
@Injectable()
export class ReplyWriter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  json(reply: HttpReply, body: object, requestId: string): void {
    const adapter = this.adapterHost.httpAdapter;
    adapter.setHeader(reply, 'x-request-id', requestId);
    adapter.setHeader(reply, 'cache-control', 'no-store');
    adapter.setHeader(reply, 'content-type', 'application/json; charset=utf-8');
    adapter.reply(reply, JSON.stringify(body), 200);
  }
}
