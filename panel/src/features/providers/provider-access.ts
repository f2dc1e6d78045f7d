import type { Provider } from '../../client/types';

/** Whether the person who looks can call it now: with her own key, with the shared one, or because it needs none. */
export const isCallable = (row: Provider): boolean => row.has_personal_key || row.access_state.startsWith('available');
