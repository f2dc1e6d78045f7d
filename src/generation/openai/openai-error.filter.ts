import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type SwitchboardError, toSwitchboardError } from '../../core/errors/index.js';
import { type HttpRequest, pathOf, requestIdOf } from '../../core/http/index.js';
import { errorHeaders, openAiStatus, toOpenAiError } from './openai-error.js';

/** Answers every error below `/v1` in OpenAI's shape; logs only what is our fault or an upstream's. */
@Catch()
export class OpenAiErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Switchboard');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const adapter = this.adapterHost.httpAdapter;
    const request = host.switchToHttp().getRequest<HttpRequest>();
    const reply: unknown = host.switchToHttp().getResponse();
    const error = toSwitchboardError(thrown);
    const requestId = requestIdOf(request);
    const status = openAiStatus(error);
    if (status >= 500) this.log(error, requestId, pathOf(request));
    if (adapter.isHeadersSent(reply)) return;
    for (const [name, value] of Object.entries(errorHeaders(error))) adapter.setHeader(reply, name, value);
    adapter.setHeader(reply, 'x-request-id', requestId);
    adapter.setHeader(reply, 'cache-control', 'no-store');
    adapter.setHeader(reply, 'content-type', 'application/json; charset=utf-8');
    adapter.reply(reply, JSON.stringify(this.bodyOf(error, requestId)), status);
  }

  protected bodyOf(error: SwitchboardError, _requestId: string): object {
    return toOpenAiError(error);
  }

  private log(error: SwitchboardError, requestId: string, path: string): void {
    const { code, cause } = error;
    const stack = cause instanceof Error ? (cause.stack ?? cause.message) : undefined;
    // A provider's failure is no riddle of ours: its class and words are enough.
    this.logger.error(
      { request_id: requestId, code, path, ...(code === 'internal' && { cause: stack }) },
      error.message,
    );
  }
}
