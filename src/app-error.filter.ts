import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type HttpRequest, pathOf, ProblemFilter } from './core/http/index.js';
import { OpenAiErrorFilter } from './generation/index.js';

/**
 * What no controller's own filter sees, standalone: unknown routes and bodies that are no JSON. Below `/v1` clients
 * expect OpenAI's shape, everywhere else a problem document.
 */
@Catch()
export class AppErrorFilter implements ExceptionFilter {
  private readonly problems: ProblemFilter;
  private readonly openAi: OpenAiErrorFilter;

  constructor(adapterHost: HttpAdapterHost) {
    this.problems = new ProblemFilter(adapterHost);
    this.openAi = new OpenAiErrorFilter(adapterHost);
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const path = pathOf(host.switchToHttp().getRequest<HttpRequest>());
    const filter = /^\/v1(\/|$)/.test(path) ? this.openAi : this.problems;
    filter.catch(thrown, host);
  }
}
