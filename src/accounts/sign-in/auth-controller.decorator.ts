import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { bodyPipe, ProblemFilter } from '../../core/http/index.js';
import { SameOriginGuard } from './same-origin.guard.js';

/** A controller below `/api/auth`: open to strangers, closed to other sites. */
export function AuthController(path = ''): ClassDecorator {
  return applyDecorators(
    Controller(path === '' ? 'api/auth' : `api/auth/${path}`),
    UseGuards(SameOriginGuard),
    UseFilters(ProblemFilter),
    UsePipes(bodyPipe()),
    ApiTags('Sign in'),
  );
}
