import { describe, expect, it } from '@jest/globals';
import type { PresentedToken } from './admin.js';
import { requireAllowance } from './admin.guard.js';

describe('requireAllowance', () => {
  const holder = (token?: Partial<PresentedToken>) => ({
    id: 'ada',
    role: 'admin' as const,
    ...(token && { token: { id: 'token', scopes: ['generate' as const], ...token } }),
  });

  it('lets people and unconfined tokens generate with anything', () => {
    expect(() => requireAllowance(holder(), 'chat', 'groq')).not.toThrow();
    expect(() => requireAllowance(holder({}), 'chat', 'groq')).not.toThrow();
  });

  it('A33 confines a token to the capabilities and providers it names', () => {
    const confined = holder({ capabilities: ['chat'], providers: ['groq'] });
    expect(() => requireAllowance(confined, 'chat', 'groq')).not.toThrow();
    expect(() => requireAllowance(confined, 'image', 'groq')).toThrow(/not be used for image/);
    expect(() => requireAllowance(confined, 'chat', 'openai')).toThrow(/provider "openai"/);
    expect(() => requireAllowance(holder({ providers: [] }), 'chat', 'groq')).toThrow();
  });
});
