/** Names a provider row may not set: transport, identity of the caller, and what only a stored key may fill. */
const REFUSED_NAMES: ReadonlySet<string> = new Set([
  'host',
  'cookie',
  'set-cookie',
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'forwarded',
  'via',
  'expect',
  'origin',
  'referer',
  'content-length',
  'content-type',
  'content-encoding',
  'accept-encoding',
  'x-real-ip',
]);
const REFUSED_PREFIXES = ['proxy-', 'x-forwarded-', 'sec-', ':'];
/** A fixed header with such a name would hold a credential, readable by every administrator. */
const SECRET_PARTS = ['authorization', 'api-key', 'apikey', 'api_key', 'token', 'secret', 'password'];

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^[\x20-\x7e]{0,1000}$/;

/** Why a name cannot be the header of a credential (`wire.auth`); undefined when it can. */
export function refusedAuthHeader(name: string): string | undefined {
  if (!HEADER_NAME.test(name)) return 'is not a header name';
  const folded = name.toLowerCase();
  if (folded === 'authorization') return 'is the header of { "type": "bearer" }: say that instead';
  if (REFUSED_NAMES.has(folded) || REFUSED_PREFIXES.some((prefix) => folded.startsWith(prefix)))
    return 'is a header the switchboard sets itself';
  return undefined;
}

/** Why a fixed request header is refused; undefined when it is fine. */
export function refusedHeader(name: string, value: unknown): string | undefined {
  if (SECRET_PARTS.some((part) => name.toLowerCase().includes(part)))
    return 'would carry a credential: store it as a key, and name its header in wire.auth';
  const refusal = refusedAuthHeader(name);
  if (refusal !== undefined) return refusal;
  if (typeof value !== 'string' || !HEADER_VALUE.test(value))
    return 'takes a string of at most 1000 printable ASCII characters, without line breaks';
  return undefined;
}
