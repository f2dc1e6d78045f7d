import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from '../identity/index.js';
import { bodyPipe } from './body.pipe.js';
import { ProblemFilter } from './problem.filter.js';

/**
 * A controller below `/api/admin`: identified admins only, checked bodies, problem documents. Everything is bound to
 * the class, so nothing leaks into a host application.
 */
export function AdminController(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(`api/admin/${path}`),
    UseGuards(AdminGuard),
    UseFilters(ProblemFilter),
    UsePipes(bodyPipe()),
    ApiTags(tag),
    ApiBearerAuth(),
    ApiCookieAuth(),
  );
}
