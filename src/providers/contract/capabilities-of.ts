import { CAPABILITIES, type Capability, CAPABILITY_NAMES } from './capability.js';
import type { ProviderStrategy } from './provider-strategy.js';

/** The capabilities for which the strategy has a method. */
export function capabilitiesOf(strategy: ProviderStrategy): Capability[] {
  return CAPABILITY_NAMES.filter((capability) =>
    CAPABILITIES[capability].methods.some((method) => typeof strategy[method] === 'function'),
  );
}
