import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { type TokenUsage, tokenUsageOf } from '../../providers/index.js';
import type { GenerationTarget } from '../generation-target.js';
import { type Measured, metered } from '../tally.js';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';
import { completionAsEvents } from './completion-as-events.js';
import { EventRelay } from './event-relay.js';
import { EventStreamReceiver } from './event-stream-receiver.js';
import { PassThrough } from './pass-through.js';
import { promptTokensOf } from './prompt-size.js';
import type { RequestBody } from './request-body.js';
import { Gatherer, jsonOf, refusalReceiver } from './upstream-answer.js';
import { WholeAnswer } from './whole-answer.js';

const JSON_TYPE = 'application/json';
const EVENTS_TYPE = 'text/event-stream; charset=utf-8';

/** A chat request in OpenAI's shape, with what its caller wants to hear. */
export interface ChatForward {
  readonly body: RequestBody;
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
  readonly toErrorEvent: (error: unknown) => string;
}

/**
 * Chat with upstreams of OpenAI's dialect: the caller's bytes go out with another model, the upstream's bytes come back
 * as they are, its own `model` included. Usage is always asked for, and passed on only if the caller asked.
 */
@Injectable()
export class PassThroughChat {
  constructor(private readonly passThrough: PassThrough) {}

  /** Resolves with an answer that began well; until then nothing has reached the caller. @throws SwitchboardError */
  open(target: GenerationTarget, request: ChatForward, caller: Caller): Promise<Answer> {
    const { body, isStream, wantsUsage } = request;
    const { wire } = target.provider.profile.config;
    const asksUsage = isStream && wire.streamOptions && !wantsUsage;
    const options = asksUsage ? { ...(body.json.stream_options as object), include_usage: true } : undefined;
    const bytes = body.withModel(target.modelId, options);
    return new Promise<Answer>((resolve, reject) => {
      const forwarded = { operation: 'chat', contentType: JSON_TYPE, bytes } as const;
      this.passThrough.send(
        target,
        forwarded,
        caller,
        (status, headers, exchange) => {
          if (status > 299) return refusalReceiver(target, status, headers, reject);
          const whole = (toAnswer: (bytes: Buffer) => Answer) =>
            new Gatherer(
              exchange,
              (all) => {
                try {
                  resolve(toAnswer(all));
                } catch (error) {
                  reject(error instanceof Error ? error : new Error(String(error)));
                }
              },
              reject,
            );
          if (!isStream) return whole((all) => this.plain(target, body, all));
          return new EventStreamReceiver(
            () => {
              const facts = {
                target,
                keepUsage: wantsUsage,
                promptTokens: () => promptTokensOf(body.json),
                toErrorEvent: request.toErrorEvent,
              };
              const relay: EventRelay = new EventRelay(exchange, facts, (error) =>
                error === undefined ? resolve(relay) : reject(error),
              );
              return relay;
            },
            () => whole((all) => this.plainAsEvents(target, request, all)),
          );
        },
        reject,
      );
    });
  }

  private plain(target: GenerationTarget, body: RequestBody, bytes: Buffer): Answer {
    const json = jsonOf(target, bytes);
    if (!Array.isArray(json.choices) || json.choices.length === 0) throw noMessage(target);
    return new WholeAnswer(bytes, JSON_TYPE, measuredOf(json, body));
  }

  private plainAsEvents(target: GenerationTarget, { body, wantsUsage }: ChatForward, bytes: Buffer): Answer {
    const json = jsonOf(target, bytes);
    if (!Array.isArray(json.choices) || json.choices.length === 0) throw noMessage(target);
    return new WholeAnswer(completionAsEvents(json, wantsUsage), EVENTS_TYPE, measuredOf(json, body));
  }
}

function measuredOf(json: Readonly<Record<string, unknown>>, body: RequestBody): Measured {
  const usage = tokenUsageOf(json.usage);
  if (usage !== null) return { usage: metered(usage), source: 'provider', costUsd: usage.costUsd };
  const promptTokens = promptTokensOf(body.json);
  const completionTokens = Math.ceil(JSON.stringify(json.choices).length / 4);
  const counted: TokenUsage = {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cachedTokens: null,
    reasoningTokens: null,
    costUsd: null,
  };
  return { usage: metered(counted), source: 'estimated', costUsd: null };
}

function noMessage({ provider }: GenerationTarget): SwitchboardError {
  return new SwitchboardError('upstream_bad_response', `${provider.slug} answered without a message.`);
}
