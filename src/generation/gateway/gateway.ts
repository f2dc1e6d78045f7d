import type { ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { detach, type HttpReply, type HttpRequest, requestIdOf, takeOver } from '../../core/http/index.js';
import { adminOf } from '../../core/identity/index.js';
import { traceParentOf } from '../../core/telemetry/index.js';
import { Attempts } from '../attempts.js';
import { type GenerationTarget, TargetResolver } from '../generation-target.js';
import { Meter } from '../meter.js';
import type { ExpectedUsage, Tally } from '../tally.js';
import type { Answer, Outlet } from './answer.js';
import { Caller, goneError } from './caller.js';
import { GatewayAttempts, GatewayCall } from './gateway-call.js';
import type { NamedModel } from './model-name.js';
import { rateLimitHeaders } from './rate-limit-headers.js';

/** One request at a door of the gateway. */
export interface Asked {
  readonly request: HttpRequest;
  readonly reply: HttpReply;
  readonly named: NamedModel;
  readonly isStream: boolean;
  /** Whether the same call may be made twice: text yes, pictures and sounds no. */
  readonly isRepeatable: boolean;
  readonly expected: ExpectedUsage;
  /** Makes the call to one target; resolves with an answer that began well. */
  readonly open: (target: GenerationTarget, caller: Caller) => Promise<Answer>;
}

/**
 * What every door goes through: target, room, attempts, answer, ledger. Answers on Node's own response, without the
 * framework; throws only while nothing has been sent.
 */
@Injectable()
export class Gateway {
  private readonly logger = new Logger('Switchboard');

  constructor(
    private readonly targets: TargetResolver,
    private readonly attempts: Attempts,
    private readonly meter: Meter,
  ) {}

  /** @throws SwitchboardError */
  async serve(asked: Asked): Promise<void> {
    const { request, reply, named } = asked;
    const started = performance.now();
    const admin = adminOf(request);
    if (admin === undefined) throw new SwitchboardError('unauthenticated', 'Send a token.');
    const caller = new Caller(reply.raw ?? (reply as unknown as ServerResponse));
    const call = new GatewayCall(admin, requestIdOf(request), named.wish, caller, traceParentOf(request.headers));
    const tally = this.meter.open(named.capability, call, asked.isStream);
    let target: GenerationTarget | null = null;
    let answer: Answer;
    try {
      const now = this.targets.resolveNow(named.capability, named.wish, admin);
      target = 'unread' in now ? await this.targets.resolve(named.capability, named.wish, admin) : now;
      const standIns = this.targets.standIns(target, call);
      const options = new GatewayAttempts(asked.isRepeatable, asked.expected, tally, caller);
      const attempted = await this.attempts.runEach(target, standIns, options, (each) => asked.open(each, caller));
      target = attempted.target;
      answer = attempted.result;
    } catch (error) {
      await tally.fail(target, caller.isGone ? undefined : error);
      if (!caller.isGone) throw error;
      takeOver(reply);
      return;
    }
    await this.deliver(answer, target, tally, caller, reply, { requestId: call.requestId, started });
  }

  private async deliver(
    answer: Answer,
    target: GenerationTarget,
    tally: Tally,
    caller: Caller,
    reply: HttpReply,
    { requestId, started }: { readonly requestId: string; readonly started: number },
  ): Promise<void> {
    const { response, headers: kept } = detach(reply);
    const outlet: Outlet = {
      response,
      begin: (headers) =>
        response.writeHead(200, {
          ...kept,
          ...headers,
          ...target.notices,
          ...rateLimitHeaders(tally.rateLimit),
          'cache-control': 'no-store',
          'x-request-id': requestId,
          'x-switchboard-model': target.modelId,
          'x-switchboard-provider': target.provider.slug,
          'x-switchboard-overhead-ms': (performance.now() - started - caller.waitedMs).toFixed(2),
        }),
      settle: (measured) => tally.settle(target, measured),
      firstToken: () => tally.firstToken(),
    };
    try {
      if (caller.isGone) throw goneError();
      await answer.deliver(outlet);
    } catch (error) {
      answer.discard(error instanceof Error ? error : goneError());
      await tally.fail(target, caller.isGone ? undefined : error, answer.partial());
      if (!caller.isGone) this.report(error, requestId);
      // Whoever waits for the rest must not take what came for the whole.
      if (!response.writableEnded) response.destroy();
    }
  }

  private report(error: unknown, requestId: string): void {
    if (error instanceof SwitchboardError) this.logger.warn({ request_id: requestId, code: error.code }, error.message);
    else this.logger.error({ request_id: requestId, cause: String(error) }, 'An answer broke off');
  }
}
