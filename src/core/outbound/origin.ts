import { SwitchboardError } from '../errors/index.js';
import { type AddressPolicy, REFUSAL } from './address-policy.js';

/** A base URL that passed every check. */
export interface BaseUrl {
  /** Normalised, without a trailing slash. */
  readonly url: string;
  /** Scheme, host and port; what a key belongs to. */
  readonly origin: string;
}

const MAX_URL_LENGTH = 2048;
const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/**
 * Ports of well-known services that do not speak HTTP (mail, shells, databases, brokers). Source: the list of bad
 * ports in the WHATWG fetch standard, and the IANA registry for the databases.
 */
const NON_HTTP_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445, 465, 512, 513, 514, 515, 526, 530, 531,
  532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375,
  2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 4369, 5060, 5061, 5432, 5671, 5672, 5900, 6000, 6379, 6380, 6432,
  6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 10080, 10250, 11211, 26379, 27017, 27018, 27019,
]);

/**
 * Checks and normalises the base URL of a provider as an administrator typed it. No look-up happens here: what a name
 * resolves to is judged at every connect.
 * @param field the name of the input field, for the error
 * @throws {SwitchboardError} `url_not_allowed` naming the field and the repair
 */
export function parseBaseUrl(text: string, policy: AddressPolicy, field = 'api_base_url'): BaseUrl {
  const parsed = tryParseBaseUrl(text, policy);
  if (typeof parsed !== 'string') return parsed;
  throw new SwitchboardError('url_not_allowed', `${field}: ${parsed}`, { errors: [{ field, message: parsed }] });
}

/** What forbids a request to `url`, as a sentence for an administrator, or null. Paths and queries are free. */
export function targetProblem(url: URL, policy: AddressPolicy): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only https URLs are called.';
  if (url.username !== '' || url.password !== '')
    return 'A user name or password in the URL is not allowed. Store the key as the key.';
  const host = url.hostname;
  const port = portOf(url);
  if (!isWellFormedHost(host)) return 'The host name is not valid. Use a plain host name without a trailing dot.';
  if (NON_HTTP_PORTS.has(port)) return `Port ${port} belongs to another protocol. Use the port of the HTTP API.`;
  const refusal = policy.refusalOfHost(host, port);
  if (refusal !== null) return `The host ${REFUSAL[refusal]}.`;
  if (url.protocol === 'http:' && !policy.isAllowListed(host, port))
    return 'Plain http is allowed only for host:port entries of ALLOW_PRIVATE_UPSTREAMS. Use https.';
  return null;
}

/** Whether two URLs have the same scheme, host and port. Text that is no URL has no origin, so it equals nothing. */
export function sameOrigin(first: string, second: string): boolean {
  const [one, other] = [URL.parse(first), URL.parse(second)];
  return one !== null && other !== null && one.origin !== 'null' && one.origin === other.origin;
}

/** The port a URL is served on, with the default of its scheme. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function tryParseBaseUrl(text: string, policy: AddressPolicy): BaseUrl | string {
  if (text.length > MAX_URL_LENGTH) return `Use a URL of at most ${MAX_URL_LENGTH} characters.`;
  // The URL parser drops tabs and newlines and turns backslashes into slashes: what it shows is not what was typed.
  if (/[\s\u0000-\u0020\u007f-\u009f\\]/.test(text))
    return 'Spaces, control characters and backslashes are not allowed. Use a URL such as https://api.example.com/v1.';
  const authority = /^https?:\/\/(?<authority>[^/?#]+)/i.exec(text)?.groups?.['authority'];
  if (authority === undefined) return 'Use an absolute https URL such as https://api.example.com/v1.';
  if (authority.includes('@')) return 'A user name or password in the URL is not allowed. Store the key as the key.';
  if (text.includes('?') || text.includes('#')) return 'Leave out the query (?…) and the fragment (#…).';
  if (/[.\u3002\uff0e\uff61](?::\d*)?$/.test(authority)) return 'The host ends in a dot. Remove it.';
  const url = URL.parse(text);
  if (url === null) return 'This is not a URL. Use one such as https://api.example.com/v1.';
  const problem = targetProblem(url, policy);
  if (problem !== null) return problem;
  return { url: url.origin + url.pathname.replace(/\/+$/, ''), origin: url.origin };
}

function isWellFormedHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return true;
  if (hostname.length > MAX_HOST_LENGTH) return false;
  return hostname.split('.').every((label) => label.length > 0 && label.length <= MAX_LABEL_LENGTH);
}
