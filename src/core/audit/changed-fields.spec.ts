import { describe, expect, it } from '@jest/globals';
import { changedFields } from './changed-fields.js';

describe('changedFields', () => {
  it('keeps only what differs', () => {
    const before = { name: 'A', config: { timeout: 1 }, same: [1, 2] };
    const after = { name: 'B', config: { timeout: 1 }, same: [1, 2], added: true };
    expect(changedFields(before, after)).toEqual({
      before: { name: 'A', added: null },
      after: { name: 'B', added: true },
    });
  });

  it('has nothing before what is new, and nothing after what is gone', () => {
    expect(changedFields(null, { name: 'A' })).toEqual({ before: null, after: { name: 'A' } });
    expect(changedFields({ name: 'A' }, null)).toEqual({ before: { name: 'A' }, after: null });
  });

  it.each([
    'password',
    'newPassword',
    'api_key',
    'apiKey',
    'x-api-key',
    'clientSecret',
    'hash',
    'ciphertext',
    'Authorization',
    'session_token',
  ])('A39 keeps no value of %s, however deep', (name) => {
    const { after } = changedFields({}, { [name]: 'canary-1', config: { headers: { [name]: 'canary-2' } } });
    expect(JSON.stringify(after)).not.toContain('canary');
  });

  it('cuts what is long', () => {
    const { after } = changedFields({}, { description: 'x'.repeat(10_000) });
    expect(JSON.stringify(after).length).toBeLessThan(600);
  });
});
