import assert from 'node:assert/strict';
import type { ProviderStrategy } from '../../providers/index.js';
import { perform, stage } from '../contract-call.js';
import type { ContractCases, ContractMethod, WireAnswer } from '../contract-cases.js';
import type { ContractCheck } from '../contract-check.js';
import { refusalOf } from './refusal-checks.js';
import { answerOf } from './success-checks.js';

/** An answer that is not whole is never taken for one. */
export function truncationChecks(
  strategy: ProviderStrategy,
  method: ContractMethod,
  cases: ContractCases,
): ContractCheck[] {
  if (cases.offline !== undefined) return [];
  const answer = answerOf(cases, method);
  const failing = (name: string, cut: WireAnswer, breakAt?: number): ContractCheck => ({
    method,
    name,
    run: async () => {
      const { call } = stage(strategy, cases, cut, breakAt === undefined ? {} : { breakAt });
      const { code } = await refusalOf(perform(strategy, method, cases, call));
      assert.ok(code.startsWith('upstream_'), `It threw ${code}.`);
    },
  });
  const half = Math.floor(Buffer.byteLength(answer.body) / 2);
  const checks = [failing('tells a connection that breaks in the middle', answer, half)];
  // Bare bytes carry no mark of their end: their length is kept by the outbound client.
  if (typeof answer.body !== 'string') return checks;
  if (method !== 'streamChat')
    return [...checks, failing('tells an answer that is cut off', { ...answer, body: answer.body.slice(0, half) })];
  const { finishMark, errorEvent } = requireStream(cases);
  const end = answer.body.indexOf(finishMark);
  assert.ok(end > 0, `The stream of the case holds no ${finishMark}.`);
  const before = answer.body.slice(0, end);
  const wholeEvents = before.slice(0, Math.max(before.lastIndexOf('\n\n') + 2, 0));
  return [
    ...checks,
    failing('tells a stream that ends before the answer does', { ...answer, body: wholeEvents }),
    failing('tells a stream that is cut inside an event', { ...answer, body: before }),
    failing('tells an error in the middle of a stream', { ...answer, body: wholeEvents + errorEvent }),
  ];
}

function requireStream(cases: ContractCases) {
  if (cases.streamChat === undefined) throw new Error('The cases lack `streamChat`.');
  return cases.streamChat;
}
