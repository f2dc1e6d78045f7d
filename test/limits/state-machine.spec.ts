import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../src/core/database/index.js';
import { Ledger, type LedgerRow, NO_USAGE } from '../../src/usage/index.js';
import { ReservationReaper } from '../../src/usage/limits/reservation-reaper.js';
import { Reservations } from '../../src/usage/limits/reservations.js';
import { SwitchboardLab } from '../support/switchboard-lab.js';

type Step =
  | { readonly kind: 'take'; readonly cents: number }
  | {
      readonly kind: 'end';
      readonly nth: number;
      readonly status: LedgerRow['status'];
      readonly cents: number;
      readonly twice: boolean;
    }
  | { readonly kind: 'crash'; readonly nth: number }
  | { readonly kind: 'late'; readonly nth: number }
  | { readonly kind: 'giveBack'; readonly nth: number };

const cents = fc.integer({ min: 0, max: 300 });
const nth = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('take' as const), cents }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      nth,
      status: fc.constantFrom('ok' as const, 'error' as const, 'aborted' as const),
      cents,
      twice: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('crash' as const), nth }),
      fc.record({ kind: fc.constant('late' as const), nth }),
      fc.record({ kind: fc.constant('giveBack' as const), nth }),
    ),
  },
);
const usd = (amount: number) => (amount / 100).toFixed(2);

describe('room and settlement, whatever happens in whatever order', () => {
  let lab: SwitchboardLab;
  beforeAll(async () => {
    lab = await SwitchboardLab.start();
  });
  afterAll(() => lab.stop());

  it('agree with simple sums: nothing leaks, nothing is counted twice, no bound is passed', async () => {
    const ledger = lab.app.get(Ledger, { strict: false });
    const reservations = lab.app.get(Reservations, { strict: false });
    const reaper = lab.app.get(ReservationReaper, { strict: false });
    const row = (id: string, admin: string, fields: Partial<LedgerRow>): LedgerRow => ({
      id,
      requestId: id,
      admin,
      token: null,
      capability: 'chat',
      provider: 'lab',
      modelId: 'm',
      selectionId: null,
      status: 'ok',
      errorCode: null,
      stream: false,
      usage: NO_USAGE,
      usageSource: 'provider',
      costUsd: null,
      priceSource: 'provider',
      latencyMs: 1,
      firstTokenMs: null,
      createdAt: new Date(),
      counts: true,
      ...fields,
    });

    const run = async (maxRequests: number, maxCents: number, steps: readonly Step[]) => {
      const admin = randomUUID();
      const open = new Map<string, number>();
      const lost: string[] = [];
      const sum = { requests: 0, spent: 0, rows: 0 };
      const reserved = () => [...open.values()].reduce((total, each) => total + each, 0);
      const pick = (index: number) => [...open][index % Math.max(open.size, 1)];
      for (const each of steps) {
        if (each.kind === 'take') {
          const id = newId();
          const counters = [{ admin, provider: 'lab', token: '', maxRequests, maxUsd: usd(maxCents) }];
          const wish = {
            id,
            requestId: id,
            admin,
            token: null,
            provider: 'lab',
            capability: 'chat',
            modelId: 'm',
            selectionId: null,
            stream: false,
          };
          const taken = await reservations.take(counters, {
            ...wish,
            usd: usd(each.cents),
            priceSource: 'list',
            usage: NO_USAGE,
            createdAt: new Date(),
          });
          const hasRoom =
            sum.requests + open.size + 1 <= maxRequests &&
            (each.cents === 0 || sum.spent + reserved() + each.cents <= maxCents);
          expect(taken !== null).toBe(hasRoom);
          if (taken !== null) open.set(id, each.cents);
        } else if (each.kind === 'late') {
          const id = lost[each.nth % Math.max(lost.length, 1)];
          if (id === undefined) continue;
          ledger.append(row(id, admin, { costUsd: '9.99' }));
          await ledger.flush();
        } else {
          const [id, estimate] = pick(each.nth) ?? [];
          if (id === undefined || estimate === undefined) continue;
          open.delete(id);
          if (each.kind === 'giveBack') await Promise.all([reservations.giveBack(id), reservations.giveBack(id)]);
          else if (each.kind === 'crash') {
            await lab.rows(`update $s.usage_reservation set expires_at = now() - interval '1s' where id = ?`, [id]);
            await Promise.all([reaper.reap(), reaper.reap()]);
            lost.push(id);
            sum.requests++;
            sum.rows++;
            sum.spent += estimate;
          } else {
            const counts = each.status !== 'error';
            const settled = row(id, admin, { status: each.status, counts, costUsd: counts ? usd(each.cents) : null });
            ledger.append(settled);
            if (each.twice) ledger.append(settled);
            await ledger.flush();
            sum.rows++;
            sum.requests += counts ? 1 : 0;
            sum.spent += counts ? each.cents : 0;
          }
        }
        const [counter] = await lab.rows(
          `select requests::int, round(cost_usd * 100)::int as spent, reserved_requests::int as open,
                  round(reserved_usd * 100)::int as reserved from $s.usage_counter where admin = ?`,
          [admin],
        );
        const told = counter ?? { requests: 0, spent: 0, open: 0, reserved: 0 };
        expect(told).toEqual({ requests: sum.requests, spent: sum.spent, open: open.size, reserved: reserved() });
      }
      const [written] = await lab.rows(
        `select count(*)::int as rows, (select count(*)::int from $s.usage_reservation where admin = ?) as open
           from $s.generation where admin = ?`,
        [admin, admin],
      );
      expect(written).toEqual({ rows: sum.rows, open: open.size });
    };

    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.array(step, { maxLength: 25 }),
        run,
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});
