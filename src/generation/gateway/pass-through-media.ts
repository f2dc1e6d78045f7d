import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { tokenUsageOf } from '../../providers/index.js';
import type { GenerationTarget } from '../generation-target.js';
import { mediaMeasured } from '../media-usage.js';
import type { Measured } from '../tally.js';
import type { Answer } from './answer.js';
import type { Caller } from './caller.js';
import { type Forwarded, PassThrough } from './pass-through.js';
import { type PipeFacts, PipedAnswer } from './piped-answer.js';
import { Gatherer, jsonOf, refusalReceiver } from './upstream-answer.js';
import type { UpstreamHeaders } from './upstream-exchange.js';

/** Larger JSON is passed on as it comes: base64 of pictures. */
const GATHERED_BYTES = 256 * 1024;
const SAFE_TYPE = /^(?:audio|video|text)\/[\w.+-]+(?:\s*;\s*\w+=[\w.-]+){0,5}$/;

/** What no sound and no plain text is labelled as; and what no sound is. */
const STRUCTURED = /\bjson\b|\bhtml\b/i;
const TEXTUAL = /\bjson\b|\bhtml\b|^\s*text\//i;

export type Units = Parameters<typeof mediaMeasured>[1];

/** Pictures, sounds, embeddings and transcriptions with upstreams of OpenAI's dialect, byte for byte. */
@Injectable()
export class PassThroughMedia {
  constructor(private readonly passThrough: PassThrough) {}

  /** An answer of JSON. @param units what we count ourselves @throws SwitchboardError */
  json(target: GenerationTarget, forwarded: Forwarded, caller: Caller, units: Units): Promise<Answer> {
    return this.open(target, forwarded, caller, () => ({
      target,
      contentType: 'application/json',
      gathered: GATHERED_BYTES,
      measure: (end) => mediaMeasured(usageAtEnd(end), units),
    }));
  }

  /**
   * An answer of sound, or of whatever text a transcription was asked for.
   * @param mayBeText false: text in place of sound is an error of the vendor's, which may name our key
   * @throws SwitchboardError
   */
  bytes(
    target: GenerationTarget,
    forwarded: Forwarded,
    caller: Caller,
    units: Units,
    mayBeText = true,
  ): Promise<Answer> {
    return this.open(target, forwarded, caller, (headers) => ({
      target,
      contentType: safeType(headers),
      gathered: 0,
      unasked: mayBeText ? STRUCTURED : TEXTUAL,
      measure: (): Measured => mediaMeasured(null, units),
      check: () => {
        throw new SwitchboardError('upstream_bad_response', `${target.provider.slug} sent nothing.`);
      },
    }));
  }

  private open(
    target: GenerationTarget,
    forwarded: Forwarded,
    caller: Caller,
    factsOf: (headers: UpstreamHeaders) => PipeFacts & { readonly unasked?: RegExp },
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.passThrough.send(
        target,
        forwarded,
        caller,
        (status, headers, exchange) => {
          if (status > 299) return refusalReceiver(target, status, headers, reject);
          const facts = factsOf(headers);
          const isUnasked = facts.unasked?.test(String(headers['content-type'])) === true;
          if (isUnasked) return new Gatherer(exchange, (all) => reject(unasked(target, all)), reject, GATHERED_BYTES);
          return new PipedAnswer(exchange, headers, facts, resolve, reject);
        },
        reject,
      );
    });
  }
}

/** JSON where sound was asked for: an error, told with 200. */
function unasked(target: GenerationTarget, bytes: Buffer): Error {
  try {
    jsonOf(target, bytes);
    return new SwitchboardError('upstream_bad_response', `${target.provider.slug} sent no audio.`);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function safeType(headers: UpstreamHeaders): string {
  const type = headers['content-type'];
  return typeof type === 'string' && SAFE_TYPE.test(type) ? type : 'application/octet-stream';
}

/** `usage` of an answer of which only the end may be here. */
function usageAtEnd(end: Buffer) {
  const text = end.toString('latin1');
  for (let at = text.lastIndexOf('"usage"'); at !== -1; at = at === 0 ? -1 : text.lastIndexOf('"usage"', at - 1)) {
    const opening = text.indexOf('{', at);
    for (let close = text.indexOf('}', opening); opening !== -1 && close !== -1; close = text.indexOf('}', close + 1))
      try {
        const json = JSON.parse(text.slice(opening, close + 1)) as object;
        // Embeddings put nothing out.
        const usage = tokenUsageOf(json) ?? tokenUsageOf({ completion_tokens: 0, ...json });
        if (usage !== null) return usage;
        break;
      } catch {
        // An inner object ended, not this one.
      }
  }
  return null;
}
