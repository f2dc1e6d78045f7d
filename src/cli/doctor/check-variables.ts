import { validateCronExpression } from 'cron';
import { ConfigurationError, Environment, readEnvironment } from '../../core/config/index.js';
import { parseAllowList } from '../../core/outbound/index.js';
import { KeyRing } from '../../keys/index.js';
import { type Finding, ok, problem, reasonOf, type Variables, warning } from './finding.js';

/** Letters that a name may differ by and still be taken for a slip of the pen. */
const SLIP = 2;
const SHORTEST_NAME = 6;

/** Names and values of the environment variables, without looking at the world. */
export function checkVariables(variables: Variables): { findings: Finding[]; environment: Environment | null } {
  const findings = [...misspelled(variables)];
  let environment: Environment | null = null;
  try {
    environment = readEnvironment(variables);
    findings.push(ok('variables', 'every variable has a value that makes sense'));
  } catch (error) {
    const problems = error instanceof ConfigurationError ? error.problems : [reasonOf(error)];
    for (const text of problems) {
      const [what = text, ...fix] = text.split('; ');
      findings.push(problem('variables', what, fix.join('; ') || 'Set it so, or remove the variable.'));
    }
  }
  if (environment !== null) findings.push(...meaning(environment));
  return { findings, environment };
}

function meaning(environment: Environment): Finding[] {
  const findings: Finding[] = [];
  if (environment.SWITCHBOARD_KEYS !== undefined)
    try {
      const { ids } = new KeyRing(environment.SWITCHBOARD_KEYS);
      findings.push(ok('encryption keys', `${ids.length} in the ring`));
    } catch (error) {
      findings.push(problem('encryption keys', reasonOf(error), 'Make one with: openssl rand -base64 32'));
    }
  try {
    parseAllowList(environment.ALLOW_PRIVATE_UPSTREAMS);
  } catch (error) {
    findings.push(problem('private upstreams', reasonOf(error), 'Write host:port entries, separated by commas.'));
  }
  const cron = validateCronExpression(environment.CATALOG_SYNC_CRON);
  if (!cron.valid)
    findings.push(
      problem(
        'cron',
        `CATALOG_SYNC_CRON "${environment.CATALOG_SYNC_CRON}" is no cron expression: ${reasonOf(cron.error)}`,
        'Write five fields, for example "0 */6 * * *" for every six hours (UTC).',
      ),
    );
  const isOpen = !['127.0.0.1', 'localhost', '::1'].includes(environment.HOST);
  if (isOpen && environment.PUBLIC_URL === undefined)
    findings.push(
      warning(
        'public address',
        `the server listens on ${environment.HOST}, and PUBLIC_URL is not set`,
        'Set PUBLIC_URL to the https origin under which people reach it, so that cookies are marked secure.',
      ),
    );
  if (environment.PUBLIC_URL?.startsWith('http:') && isOpen)
    findings.push(
      warning(
        'public address',
        'PUBLIC_URL is not https: passwords and tokens travel readable',
        'Put a TLS proxy before it.',
      ),
    );
  return findings;
}

/** Variables that look like ours and are not. */
function misspelled(variables: Variables): Finding[] {
  const known = new Set([...Object.keys(new Environment()), ...Environment.optionalNames]);
  return Object.keys(variables)
    .filter((name) => name.length >= SHORTEST_NAME && !known.has(name))
    .flatMap((name) => {
      const meant = [...known].find((one) => one.length >= SHORTEST_NAME && distance(name, one) <= SLIP);
      return meant === undefined
        ? []
        : [problem('variables', `${name} is not a variable of the server`, `Did you mean ${meant}?`)];
    });
}

/** Levenshtein's distance. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > SLIP) return SLIP + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let column = 1; column <= other.length; column += 1)
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + (one[at - 1] === other[column - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}
