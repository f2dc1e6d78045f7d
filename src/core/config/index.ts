export { Environment, readEnvironment } from './environment.js';
export { settingsOf } from './environment-settings.js';
export {
  ConfigurationError,
  type DatabaseSettings,
  type MediaSettings,
  type PostgresPool,
  type PostgresSettings,
  SWITCHBOARD_SETTINGS,
  type SwitchboardSettings,
} from './settings.js';
export { trustedProxies } from './trusted-proxies.js';
export { readVariables } from './variables.js';
