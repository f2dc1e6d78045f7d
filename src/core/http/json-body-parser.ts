/** Parses a body and calls back, as Fastify's content type parsers do. */
export type BodyParser<Request, Body> = (
  request: Request,
  body: Body,
  done: (error: Error | null, value?: unknown) => void,
) => void;

/** What a key that reaches for a prototype is made of; `\u` might spell it. */
const SUSPICIOUS = ['__proto__', 'constructor', '\\u'];

/**
 * Reads JSON at the speed of `JSON.parse`. Whatever might reach for a prototype, and whatever is no JSON, is left to the
 * careful parser, which knows the errors; searching for the three words costs a fiftieth of its expressions.
 */
export function jsonBodyParser<Request>(careful: BodyParser<Request, string>): BodyParser<Request, Buffer> {
  return (request, body, done) => {
    const json = SUSPICIOUS.some((word) => body.includes(word)) ? undefined : parsed(body);
    if (json === undefined) careful(request, body.toString(), done);
    else done(null, json);
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}
