import { describe, expect, it } from '@jest/globals';
import { pickKey, type ReadyKey, RestingKeys } from './stored-keys.js';

const key = (id: string, weight = 1, status: ReadyKey['status'] = 'unverified'): ReadyKey => ({
  id,
  weight,
  status,
  origin: 'https://vendor.test',
  fingerprint: id,
  secret: id,
});
const always = () => true;

describe('pickKey', () => {
  it('shares by weight', () => {
    const keys = [key('a', 1), key('b', 3)];
    const picked = [0, 0.2, 0.25, 0.5, 0.99].map((random) => pickKey(keys, always, random)?.id);
    expect(picked).toEqual(['a', 'a', 'b', 'b', 'b']);
  });

  it('leaves out what is not well', () => {
    expect(pickKey([key('a'), key('b')], ({ id }) => id === 'b', 0)?.id).toBe('b');
  });

  it('tries one all the same when none is well, best one that its vendor knew', () => {
    expect(pickKey([key('a', 1, 'invalid'), key('b')], () => false, 0)?.id).toBe('b');
    expect(pickKey([key('a', 1, 'invalid')], () => false, 0)?.id).toBe('a');
    expect(pickKey([], always, 0)).toBeUndefined();
  });
});

describe('RestingKeys', () => {
  it('lets a key rest as long as its provider says, within an hour, and half a minute when it says nothing', () => {
    let now = 0;
    const resting = new RestingKeys(() => now);
    resting.rest('said', 5);
    resting.rest('unsaid', undefined);
    resting.rest('absurd', 1e9);
    now = 4_999;
    expect(resting.isResting('said')).toBe(true);
    now = 5_000;
    expect(resting.isResting('said')).toBe(false);
    expect(resting.isResting('unsaid')).toBe(true);
    now = 30_000;
    expect(resting.isResting('unsaid')).toBe(false);
    expect(resting.isResting('absurd')).toBe(true);
    now = 3_600_000;
    expect(resting.isResting('absurd')).toBe(false);
  });
});
