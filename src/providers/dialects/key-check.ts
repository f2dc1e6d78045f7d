import { SwitchboardError } from '../../core/errors/index.js';
import type { KeyCheck } from '../contract/index.js';

/**
 * Judges a key by an authenticated call: it is valid when the call succeeds and invalid when the vendor refuses the
 * key. Any other failure says nothing about the key and is thrown on.
 */
export async function keyCheck(run: () => Promise<unknown>): Promise<KeyCheck> {
  try {
    await run();
    return { valid: true, reason: null };
  } catch (error) {
    if (error instanceof SwitchboardError && error.code === 'upstream_auth_failed') {
      return { valid: false, reason: error.message };
    }
    throw error;
  }
}
