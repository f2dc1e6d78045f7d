import { Catch } from '@nestjs/common';
import type { SwitchboardError } from '../../core/errors/index.js';
import { OpenAiErrorFilter } from '../openai/openai-error.filter.js';
import { openAiStatus } from '../openai/openai-error.js';

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

/** An error in Anthropic's shape. */
export function toAnthropicError(error: SwitchboardError, requestId?: string): object {
  const status = openAiStatus(error);
  return {
    type: 'error',
    error: {
      type: TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error'),
      message: error.message,
      code: error.code,
    },
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

/** Answers errors of the Messages API in Anthropic's shape. */
@Catch()
export class AnthropicErrorFilter extends OpenAiErrorFilter {
  protected override bodyOf(error: SwitchboardError, requestId: string): object {
    return toAnthropicError(error, requestId);
  }
}
