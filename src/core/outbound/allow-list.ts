/** Normalised `host:port` entries whose private addresses the operator allows; IPv6 hosts are in brackets. */
export type AllowList = ReadonlySet<string>;

/** Thrown at boot: every bad entry of `ALLOW_PRIVATE_UPSTREAMS` at once, each with its repair. */
export class AllowListError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`ALLOW_PRIVATE_UPSTREAMS: ${problems.join('; ')}`);
    this.name = 'AllowListError';
  }
}

/**
 * Reads `ALLOW_PRIVATE_UPSTREAMS`. An entry is exactly one host and one port, such as `10.0.0.5:11434`,
 * `ollama:11434` or `[::1]:8000`; no scheme, no path, no wildcard, no range.
 * @throws {AllowListError} naming every entry that is not one.
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const allowed = new Set<string>();
  const problems: string[] = [];
  for (const entry of entries) {
    const parsed = parseEntry(entry.trim());
    if ('problem' in parsed) problems.push(`"${entry.slice(0, 100)}" ${parsed.problem}`);
    else allowed.add(parsed.entry);
  }
  if (problems.length > 0) throw new AllowListError(problems);
  return allowed;
}

/** The key under which a host and port stand in an allow list. `hostname` is as `URL.hostname` spells it. */
export function allowListKey(hostname: string, port: number): string {
  return `${hostname}:${port}`;
}

function parseEntry(entry: string): { entry: string } | { problem: string } {
  if (entry.includes('://')) return { problem: 'has a scheme: write host:port only' };
  if (entry.includes('*')) return { problem: 'has a wildcard: name each host:port' };
  if (/[\s/\\?#@%]/.test(entry)) return { problem: 'has more than a host and a port: write host:port only' };
  const separator = /^(?<host>\[[^\]]+\]|[^:[\]]+):(?<port>\d{1,5})$/.exec(entry);
  const { host, port } = separator?.groups ?? {};
  if (host === undefined || port === undefined)
    return { problem: 'is not host:port (IPv6 addresses go in brackets, as in [::1]:11434)' };
  if (Number(port) < 1 || Number(port) > 65535) return { problem: 'has a port outside 1 to 65535' };
  if (host.endsWith('.')) return { problem: 'has a host that ends in a dot: remove it' };
  const url = URL.parse(`http://${host}:${port}`);
  if (url === null) return { problem: 'has a host that is neither a name nor an IP address' };
  return { entry: allowListKey(url.hostname, Number(port)) };
}
