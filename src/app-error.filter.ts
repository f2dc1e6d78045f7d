import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type HttpRequest, pathOf, ProblemFilter } from './core/http/index.js';
import { AnthropicErrorFilter, OpenAiErrorFilter } from './generation/index.js';

/**
 * What no controller's own filter sees, standalone: unknown routes and bodies that are no JSON. Below `/v1` clients
 * expect OpenAI's shape, everywhere else a problem document.
 */
@Catch()
export class AppErrorFilter implements ExceptionFilter {
  private readonly problems: ProblemFilter;
  private readonly openAi: OpenAiErrorFilter;
  private readonly anthropic: AnthropicErrorFilter;

  constructor(adapterHost: HttpAdapterHost) {
    this.problems = new ProblemFilter(adapterHost);
    this.openAi = new OpenAiErrorFilter(adapterHost);
    this.anthropic = new AnthropicErrorFilter(adapterHost);
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const path = pathOf(host.switchToHttp().getRequest<HttpRequest>());
    this.filterOf(path).catch(thrown, host);
  }

  private filterOf(path: string): ExceptionFilter {
    if (/^\/v1\/messages(\/|$)/.test(path)) return this.anthropic;
    return /^\/v1(\/|$)/.test(path) ? this.openAi : this.problems;
  }
}
