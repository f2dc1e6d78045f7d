import type { Context } from '@opentelemetry/api';
import type { Admin } from '../../core/identity/index.js';
import type { AttemptOptions } from '../attempts.js';
import type { GenerationContext } from '../generation-context.js';
import type { GenerationTarget, TargetWish } from '../generation-target.js';
import type { ExpectedUsage, Tally } from '../tally.js';
import type { Caller } from './caller.js';

/**
 * One call at a door. These are classes because the signal is made only when it is asked for: V8 gives each object
 * literal with an accessor a hidden class of its own, which keeps all that the accessor sees, here the whole request,
 * until the next full collection.
 */
export class GatewayCall implements GenerationContext {
  constructor(
    readonly admin: Admin,
    readonly requestId: string,
    readonly target: TargetWish,
    private readonly caller: Caller,
    readonly trace: Context | undefined,
  ) {}

  get signal(): AbortSignal {
    return this.caller.signal;
  }
}

/** How a call at a door is attempted: with room for each target, until its caller leaves. */
export class GatewayAttempts implements AttemptOptions {
  constructor(
    readonly isRepeatable: boolean,
    private readonly expected: ExpectedUsage,
    private readonly tally: Tally,
    private readonly caller: Caller,
  ) {}

  get signal(): AbortSignal {
    return this.caller.signal;
  }

  admit(target: GenerationTarget): Promise<void> {
    return this.tally.reserve(target, this.expected);
  }
}
