export type { Operations, Schemas } from './api.generated.js';
export type { ServerEvent } from './server-events.js';
export {
  type CallInput,
  SwitchboardClient,
  SwitchboardClientError,
  type SwitchboardClientOptions,
} from './switchboard-client.js';
