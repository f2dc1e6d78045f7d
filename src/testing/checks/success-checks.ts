import assert from 'node:assert/strict';
import type { ProviderStrategy } from '../../providers/index.js';
import { CONTRACT_KEY, perform, type Performed, stage } from '../contract-call.js';
import type { ContractCases, ContractMethod, WireAnswer } from '../contract-cases.js';
import type { ContractCheck } from '../contract-check.js';

/** The vendor's answer is read, in whatever pieces it comes, and the request goes where it should. */
export function successChecks(
  strategy: ProviderStrategy,
  method: ContractMethod,
  cases: ContractCases,
): ContractCheck[] {
  const answer = answerOf(cases, method);
  const read = async (cuts?: readonly number[]) => {
    const { call } = stage(strategy, cases, answer, cuts === undefined ? {} : { cuts });
    expectAnswer(await perform(strategy, method, cases, call), method, cases);
  };
  const checks: ContractCheck[] = [{ method, name: 'gives the answer', run: () => read() }];
  if (cases.offline !== undefined) return checks;
  const length = Buffer.byteLength(answer.body);
  const positions = Array.from({ length: length - 1 }, (_, index) => index + 1);
  checks.push(
    {
      method,
      name: 'gives the same answer split at every byte',
      run: async () => {
        await read(positions);
        for (const position of positions) await read([position]);
      },
    },
    {
      method,
      name: 'calls nothing but the base URL, over its own fetch, with its credential out of the address',
      run: async () => {
        const { call, upstream } = stage(strategy, cases, answer);
        await perform(strategy, method, cases, call);
        const allowed = [call.baseUrl, call.provider.config.catalogBaseUrl ?? call.baseUrl].map(
          (url) => new URL(url).origin,
        );
        assert.ok(upstream.requests.length > 0, 'It never called `call.fetch`.');
        for (const { url } of upstream.requests) {
          assert.ok(allowed.includes(new URL(url).origin), `It called ${url}.`);
          assert.ok(!url.includes(CONTRACT_KEY), 'The credential is in the address, where every log shows it.');
        }
      },
    },
  );
  return checks;
}

export function answerOf(cases: ContractCases, method: ContractMethod): WireAnswer {
  const found = cases[method];
  if (found === undefined) throw new Error(`The cases lack \`${method}\`.`);
  return found.answer;
}

function expectAnswer(performed: Performed, method: ContractMethod, cases: ContractCases): void {
  switch (method) {
    case 'chat':
    case 'streamChat': {
      const expected = cases[method]?.expected;
      const { text, reasoning, usage } = performed;
      assert.equal(text, expected?.text);
      assert.equal(reasoning, expected?.reasoning ?? null);
      assert.deepEqual(
        usage && { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens },
        expected?.usage ?? null,
      );
      return;
    }
    case 'image':
      assert.deepEqual(performed.bytes, Buffer.from(cases.image?.expected ?? []));
      return;
    case 'speech':
      assert.equal(performed.mime, cases.speech?.expected.mime);
      assert.deepEqual(performed.bytes, Buffer.from(cases.speech?.expected.bytes ?? []));
      return;
    case 'listModels':
      for (const [id, capabilities] of Object.entries(cases.listModels?.expected ?? {}))
        assert.deepEqual(performed.models[id], capabilities, `of ${id}`);
  }
}
