import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { GatewayGuard } from '../gateway/gateway.guard.js';
import { OpenAiErrorFilter } from './openai-error.filter.js';

/**
 * A controller below `/v1`: callers with tokens, errors in OpenAI's shape, and neither pipe nor interceptor, for this
 * is the busiest path.
 */
export function GatewayController(path = 'v1'): ClassDecorator {
  return applyDecorators(
    Controller(path),
    UseGuards(GatewayGuard),
    UseFilters(OpenAiErrorFilter),
    ApiTags('OpenAI-compatible'),
    ApiBearerAuth(),
  );
}
