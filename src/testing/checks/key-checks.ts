import assert from 'node:assert/strict';
import type { ProviderStrategy } from '../../providers/index.js';
import { CONTRACT_KEY, stage } from '../contract-call.js';
import type { ContractCases, WireAnswer } from '../contract-cases.js';
import type { ContractCheck } from '../contract-check.js';
import { refusalOf } from './refusal-checks.js';

/** Whether a key is good: yes, no, or an error for "cannot be told now". Only for strategies that say so themselves. */
export function keyChecks(strategy: ProviderStrategy, cases: ContractCases): ContractCheck[] {
  const { refusals, listModels } = cases;
  if (strategy.validateKey === undefined || refusals === undefined || listModels === undefined) return [];
  const method = 'validateKey';
  const validate = async (answer: WireAnswer) => strategy.validateKey?.(stage(strategy, cases, answer).call);
  return [
    {
      method,
      name: 'accepts a good key',
      run: async () => assert.deepEqual(await validate(listModels.answer), { valid: true, reason: null }),
    },
    {
      method,
      name: 'says why a key is not good, without it',
      run: async () => {
        const verdict = await validate(refusals.unauthorized);
        assert.equal(verdict?.valid, false);
        assert.ok(verdict?.reason !== null && verdict?.reason !== '', 'There is no reason.');
        assert.ok(!verdict?.reason?.includes(CONTRACT_KEY), 'The reason holds the credential.');
      },
    },
    {
      method,
      name: 'does not blame the key for a failure of the vendor',
      run: async () => void (await refusalOf(validate(refusals.serverError))),
    },
  ];
}
