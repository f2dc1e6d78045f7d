import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HttpReply } from '../core/http/index.js';
import type { GenerationTarget } from './generation-target.js';

/** Answers through whatever HTTP framework runs, for handlers that took `@Res()`. */
@Injectable()
export class ReplyWriter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** @param served what answered; a model with an end in sight is announced in `Deprecation` and `Sunset` */
  json(reply: HttpReply, body: object, requestId: string, served?: GenerationTarget): void {
    const adapter = this.adapterHost.httpAdapter;
    for (const [name, value] of Object.entries(served?.notices ?? {})) adapter.setHeader(reply, name, value);
    adapter.setHeader(reply, 'x-request-id', requestId);
    adapter.setHeader(reply, 'cache-control', 'no-store');
    adapter.setHeader(reply, 'content-type', 'application/json; charset=utf-8');
    adapter.reply(reply, JSON.stringify(body), 200);
  }
}
