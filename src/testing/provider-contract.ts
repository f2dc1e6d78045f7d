import type { ProviderStrategy } from '../providers/index.js';
import { abortChecks } from './checks/abort-checks.js';
import { keyChecks } from './checks/key-checks.js';
import { refusalChecks } from './checks/refusal-checks.js';
import { successChecks } from './checks/success-checks.js';
import { truncationChecks } from './checks/truncation-checks.js';
import type { ContractCheck } from './contract-check.js';
import { CONTRACT_METHODS, type ContractCases, type ContractMethod } from './contract-cases.js';

/** The part of a test framework that the suite uses: Jest's, Vitest's, Mocha's and `node:test`'s fit. */
export interface ContractFramework {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => Promise<void>) => void;
}

/**
 * Every check that applies to the methods of a strategy, for who has no test framework. A method without a case is a
 * check that fails.
 */
export function providerContract(strategy: ProviderStrategy, cases: ContractCases): ContractCheck[] {
  const methods = CONTRACT_METHODS.filter((method) => typeof strategy[method] === 'function').flatMap((method) =>
    cases[method] === undefined || (cases.offline === undefined && cases.refusals === undefined)
      ? [missing(method, cases)]
      : [
          ...successChecks(strategy, method, cases),
          ...refusalChecks(strategy, method, cases),
          ...truncationChecks(strategy, method, cases),
          ...abortChecks(strategy, method, cases),
        ],
  );
  return [...methods, ...keyChecks(strategy, cases)];
}

/**
 * Declares the contract suite for a strategy in a test framework. Assertions are Node's own.
 *
 * @example
 * describeProviderContract(new AcmeProvider(), {
 *   refusals: {
 *     unauthorized: { status: 401, body: '{"error":"bad key {{api_key}}"}' },
 *     rateLimited: { status: 429, body: '{"error":"slow down"}' },
 *     serverError: { status: 500, body: '{"error":"oops"}' },
 *   },
 *   chat: { answer: { body: '{"text":"Hi"}' }, expected: { text: 'Hi', usage: null } },
 * }, { describe, it });
 *
 * @returns the checks that were declared, for a table of what ran
 */
export function describeProviderContract(
  strategy: ProviderStrategy,
  cases: ContractCases,
  { describe, it }: ContractFramework,
): readonly ContractCheck[] {
  const checks = providerContract(strategy, cases);
  describe(`the provider contract of ${strategy.constructor.name}`, () => {
    if (checks.length === 0)
      it('has a method', () => Promise.reject(new Error('The strategy has none of the methods of the contract.')));
    for (const { method, name, run } of checks) it(`${method} ${name}`, run);
  });
  return checks;
}

function missing(method: ContractMethod, cases: ContractCases): ContractCheck {
  const what = cases[method] === undefined ? `a case \`${method}\`` : '`refusals`';
  return {
    method,
    name: 'has cases',
    run: () => Promise.reject(new Error(`The strategy has ${method}, but its cases lack ${what}. Add it.`)),
  };
}
