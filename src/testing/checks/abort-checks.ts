import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderStrategy } from '../../providers/index.js';
import { perform, stage } from '../contract-call.js';
import type { ContractCases, ContractMethod } from '../contract-cases.js';
import type { ContractCheck } from '../contract-check.js';
import { answerOf } from './success-checks.js';

/** Milliseconds within which a call has to end after its abort. */
const PATIENCE = 1_000;

/** A caller who goes away ends the call upstream, too. */
export function abortChecks(strategy: ProviderStrategy, method: ContractMethod, cases: ContractCases): ContractCheck[] {
  const answer = answerOf(cases, method);
  const before: ContractCheck = {
    method,
    name: 'does not begin for a caller who has left',
    run: async () => {
      const { call, controller, upstream } = stage(strategy, cases, answer, { hangAt: 0 });
      controller.abort();
      await ends(perform(strategy, method, cases, call));
      assert.ok(upstream.requests.length <= 1);
    },
  };
  if (cases.offline !== undefined) return method === 'listModels' ? [] : [before];
  const waiting: ContractCheck = {
    method,
    name: 'ends with a caller who leaves before the answer',
    run: async () => {
      const { call, controller, upstream } = stage(strategy, cases, answer, { hangAt: 0 });
      setTimeout(() => controller.abort(), 5);
      await ends(perform(strategy, method, cases, call));
      assert.ok(upstream.isCancelled, 'The call upstream goes on.');
    },
  };
  if (method !== 'streamChat') return [before, waiting];
  return [before, waiting, leavingInTheMiddle(strategy, cases), returningEarly(strategy, cases)];
}

function leavingInTheMiddle(strategy: ProviderStrategy, cases: ContractCases): ContractCheck {
  const method = 'streamChat';
  return {
    method,
    name: 'ends with a caller who leaves in the middle',
    run: async () => {
      const { call, controller, upstream } = stage(strategy, cases, answerOf(cases, method), { hangAt: middle(cases) });
      await ends(perform(strategy, method, cases, call, () => controller.abort()));
      assert.ok(upstream.isCancelled, 'The call upstream goes on.');
    },
  };
}

function returningEarly(strategy: ProviderStrategy, cases: ContractCases): ContractCheck {
  const method = 'streamChat';
  return {
    method,
    name: 'ends upstream when its reader stops',
    run: async () => {
      const { call, upstream } = stage(strategy, cases, answerOf(cases, method), { hangAt: middle(cases) });
      const model = cases.models?.chat ?? cases.model ?? 'some-model';
      const events = strategy.streamChat?.(call, { model, messages: [{ role: 'user', content: 'Hello' }] });
      assert.ok(events !== undefined);
      await Promise.race([readOne(events), sleep(PATIENCE, undefined, { ref: false })]);
      await new Promise((resolve) => setImmediate(resolve));
      assert.ok(upstream.isCancelled, 'The call upstream goes on.');
    },
  };
}

async function readOne(events: AsyncIterable<unknown>): Promise<void> {
  const reader = events[Symbol.asyncIterator]();
  await reader.next();
  await reader.return?.();
}

/** Bytes of the stream that come before its finish. */
function middle(cases: ContractCases): number {
  const { answer, finishMark } = cases.streamChat ?? { answer: { body: '' }, finishMark: '' };
  const body = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString('latin1');
  return Buffer.byteLength(body.slice(0, body.lastIndexOf('\n\n', body.indexOf(finishMark)) + 2));
}

/** @throws AssertionError when the call answers after all, or does not end in time */
async function ends(pending: Promise<unknown>): Promise<void> {
  const outcome = await Promise.race([
    pending.then(
      () => 'answered',
      () => 'ended',
    ),
    sleep(PATIENCE, 'late', { ref: false }),
  ]);
  assert.equal(outcome, 'ended');
}
