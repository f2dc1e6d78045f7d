import { readEnvironment, settingsOf } from './src/core/config/index.js';
import { databaseConfig, takeOwnership } from './src/core/database/index.js';
import { switchboardSchema } from './src/schema.js';

/**
 * For the MikroORM command line: the database that the server's environment names. The embedded one has one owner, so
 * this refuses while a server runs on it.
 */
export default () => {
  const settings = settingsOf(readEnvironment(process.env), process.env);
  if (settings.database.kind === 'embedded') process.once('exit', takeOwnership(settings.database.dataDirectory));
  return databaseConfig(settings.database, settings.schema, switchboardSchema);
};
