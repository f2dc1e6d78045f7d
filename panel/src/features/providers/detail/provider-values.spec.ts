import { describe, expect, it } from '@jest/globals';
import type { Provider } from '../../../client/types';
import { changesOf, rebased, valuesOf } from './provider-values';

const provider = (rest: Partial<Provider>): Provider =>
  ({
    display_name: 'Acme',
    api_base_url: 'https://api.acme.test/v1',
    config: { timeout: 20 },
    is_active: true,
    is_recommended: false,
    allow_personal_keys: true,
    allow_shared_for_normal_admins: false,
    ...rest,
  }) as Provider;

describe('an edit of a provider', () => {
  const old = provider({});

  it('sends what differs, and null for what was emptied', () => {
    expect(changesOf(old, { ...valuesOf(old), timeout: '', is_active: false })).toEqual({
      is_active: false,
      config: { timeout: null },
    });
    expect(changesOf(old, valuesOf(old))).toEqual({});
  });

  it('goes on top of what someone else has saved, and touches nothing of theirs', () => {
    const theirs = provider({ display_name: 'Theirs', config: { timeout: 30 } });
    const typed = rebased(old, { ...valuesOf(old), timeout: 99 }, theirs);
    expect(typed).toMatchObject({ display_name: 'Theirs', timeout: 99 });
    expect(changesOf(theirs, typed)).toEqual({ config: { timeout: 99 } });
  });
});
