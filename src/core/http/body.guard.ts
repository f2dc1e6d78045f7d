import { type CanActivate, type ExecutionContext, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { bodyPipe } from './body.pipe.js';

/** Nest's numbers of the decorators `@Body()` and `@Query()`. */
const BODY = 3;
const QUERY = 4;

interface ParameterFacts {
  readonly index: number;
  /** A single field is asked for, so that there is no object to check. */
  readonly data?: unknown;
}

/**
 * Checks body and query against their DTOs before any pipe. Nest runs the global pipes of a host application on imported
 * controllers, and before the controllers' own ones: without this, a host's `ValidationPipe` would answer bad requests to
 * us in the host's words, or strip fields that we refuse. Behind it, it only ever sees what is right.
 */
@Injectable()
export class BodyGuard implements CanActivate {
  private readonly pipe: PipeTransform = bodyPipe();

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ body?: unknown; query?: unknown }>();
    const owner = context.getClass();
    const handler = context.getHandler().name;
    const facts = (Reflect.getMetadata(ROUTE_ARGS_METADATA, owner, handler) ?? {}) as Record<string, ParameterFacts>;
    const types = (Reflect.getMetadata('design:paramtypes', owner.prototype as object, handler) ?? []) as Type[];
    for (const [key, { index, data }] of Object.entries(facts)) {
      const kind = Number(key.split(':', 1)[0]);
      if (data !== undefined || (kind !== BODY && kind !== QUERY)) continue;
      const value = kind === BODY ? request.body : request.query;
      const metatype = types[index];
      if (metatype !== undefined)
        await this.pipe.transform(value, { type: kind === BODY ? 'body' : 'query', metatype, data: undefined });
    }
    return true;
  }
}
