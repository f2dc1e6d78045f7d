import { invalidField } from '../../core/errors/index.js';
import type { HttpRequest } from '../../core/http/index.js';
import { findMembers, objectStart, type Range } from './json-members.js';
import { requireBounded } from './json-bounds.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Names under which other gateways let callers choose the upstream; here they mean nothing, and saying so is safer. */
const NOT_THE_CALLERS = ['api_base', 'base_url', 'api_key', 'api_version', 'extra_headers', 'custom_llm_provider'];
const SPLICED: ReadonlySet<string> = new Set(['model', 'stream_options']);

/** A body as it was read once, with the bytes it was read from. */
export class RequestBody {
  #ranges: ReadonlyMap<string, readonly Range[]> | undefined;

  private constructor(
    readonly json: JsonObject,
    private readonly bytes: Buffer,
  ) {}

  /** @throws SwitchboardError `validation_failed` for what is no object, is nested too deep or names an upstream */
  static of(request: HttpRequest): RequestBody {
    const json = request.body;
    if (typeof json !== 'object' || json === null || Array.isArray(json) || Buffer.isBuffer(json))
      throw invalidField('body', 'must be a JSON object, sent as application/json');
    requireBounded(json);
    for (const name of NOT_THE_CALLERS)
      if (name in json) throw invalidField(name, 'is not the caller’s to choose; remove it');
    return new RequestBody(json as JsonObject, request.rawBody ?? Buffer.from(JSON.stringify(json)));
  }

  /** Bytes that came. */
  get size(): number {
    return this.bytes.length;
  }

  /**
   * The bytes that came with another model and, where `streamOptions` is given, these stream options: everything else,
   * unknown fields included, stays as it was.
   */
  withModel(model: string, streamOptions?: JsonObject): Buffer {
    const ranges = (this.#ranges ??= findMembers(this.bytes, SPLICED));
    const [modelAt] = this.only('model', ranges);
    const [optionsAt] = this.only('stream_options', ranges);
    if (modelAt === undefined) throw invalidField('model', 'is required');
    const edits: [Range, string][] = [[modelAt, JSON.stringify(model)]];
    if (streamOptions !== undefined) {
      const text = JSON.stringify(streamOptions);
      const first = objectStart(this.bytes) + 1;
      edits.push(optionsAt ? [optionsAt, text] : [{ start: first, end: first }, `"stream_options":${text},`]);
    }
    return splice(this.bytes, edits);
  }

  /** Two of a name mean different things to different readers. */
  private only(name: string, ranges: ReadonlyMap<string, readonly Range[]>): readonly Range[] {
    const found = ranges.get(name) ?? [];
    if (found.length > 1) throw invalidField(name, 'occurs twice');
    return found;
  }
}

/** The bytes with some ranges replaced. */
export function splice(bytes: Buffer, edits: readonly (readonly [Range, string])[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [{ start, end }, text] of [...edits].sort(([one], [other]) => one.start - other.start)) {
    pieces.push(bytes.subarray(at, start), Buffer.from(text));
    at = end;
  }
  pieces.push(bytes.subarray(at));
  return Buffer.concat(pieces);
}
