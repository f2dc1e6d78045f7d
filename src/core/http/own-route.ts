import { type ExecutionContext, SetMetadata } from '@nestjs/common';

const OWN_ROUTE = 'switchboard:own-route';

/** Marks a controller as one of the switchboard's. */
export const OwnRoute = () => SetMetadata(OWN_ROUTE, true);

/**
 * Whether a request goes to one of the switchboard's own routes. Nest runs global guards and interceptors of an
 * application on every controller, imported ones included; where yours must not, begin them with
 * `if (isSwitchboardRoute(context)) return true` (a guard) or `return next.handle()` (an interceptor).
 */
export function isSwitchboardRoute(context: ExecutionContext): boolean {
  return Reflect.getMetadata(OWN_ROUTE, context.getClass()) === true;
}
