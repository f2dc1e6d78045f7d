import type { Provider, Selection } from '../../client/types';
import type { Tone } from '../../components/tag';

export interface Health {
  readonly state: 'none' | 'missing' | 'deprecated' | 'inactive' | 'noKey' | 'sandbox' | 'ready';
  readonly tone: Tone;
}

/** One word for the state of a capability: the first thing that would stop or worry it. */
export function healthOf(selection: Selection | undefined, provider: Provider | undefined): Health {
  if (selection === undefined) return { state: 'none', tone: 'neutral' };
  const codes = new Set(selection.warnings.map((warning) => warning.code));
  if (codes.has('model_missing')) return { state: 'missing', tone: 'negative' };
  if (codes.has('provider_inactive') || provider?.is_active === false) return { state: 'inactive', tone: 'negative' };
  if (codes.has('no_key')) return { state: 'noKey', tone: 'negative' };
  if (codes.has('model_deprecated')) return { state: 'deprecated', tone: 'caution' };
  if (selection.provider === 'sandbox') return { state: 'sandbox', tone: 'info' };
  return { state: 'ready', tone: 'positive' };
}
