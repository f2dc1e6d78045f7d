import assert from 'node:assert/strict';
import { type ErrorCode, SwitchboardError } from '../../core/errors/index.js';
import type { ProviderStrategy } from '../../providers/index.js';
import { CONTRACT_KEY, perform, stage } from '../contract-call.js';
import type { ContractCases, ContractMethod, WireAnswer } from '../contract-cases.js';
import type { ContractCheck } from '../contract-check.js';

/** Seconds. */
const RETRY_AFTER = 7;

/** The vendor's refusals become our errors, each with the right code, none with the credential. */
export function refusalChecks(
  strategy: ProviderStrategy,
  method: ContractMethod,
  cases: ContractCases,
): ContractCheck[] {
  const { refusals } = cases;
  if (cases.offline !== undefined || refusals === undefined) return [];
  const { codes = {} } = refusals;
  const limited = { ...refusals.rateLimited.headers, 'retry-after': String(RETRY_AFTER) };
  const check = (name: string, answer: WireAnswer, code: ErrorCode, more?: (error: SwitchboardError) => void) => ({
    method,
    name: `${name} as ${code}`,
    run: async () => {
      const { call, upstream } = stage(strategy, cases, answer);
      const error = await refusalOf(perform(strategy, method, cases, call));
      assert.equal(error.code, code, error.message);
      assert.ok(!error.message.includes(CONTRACT_KEY), 'The message holds the credential.');
      assert.equal(upstream.requests.length, 1, 'It repeated the call itself.');
      more?.(error);
    },
  });
  return [
    check('tells a refused key', refusals.unauthorized, codes.unauthorized ?? 'upstream_auth_failed'),
    check(
      'tells a rate limit with its wait',
      { ...refusals.rateLimited, headers: { 'content-type': 'application/json', ...limited } },
      codes.rateLimited ?? 'upstream_rate_limited',
      (error) => assert.equal(error.retryAfterSeconds, RETRY_AFTER),
    ),
    check('tells a failure of the vendor', refusals.serverError, codes.serverError ?? 'upstream_unavailable'),
  ];
}

/** The error that is thrown. @throws AssertionError when there is none, or one of another kind */
export async function refusalOf(pending: Promise<unknown>): Promise<SwitchboardError> {
  const error = await pending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error !== undefined, 'It answered, although the vendor failed.');
  assert.ok(
    error instanceof SwitchboardError,
    `It threw ${error instanceof Error ? error.stack : typeof error}, which is no SwitchboardError.`,
  );
  return error;
}
