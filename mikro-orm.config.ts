import { readEnvironment, settingsOf } from './src/core/config/index.js';
import { databaseConfig } from './src/core/database/index.js';
import { switchboardSchema } from './src/schema.js';

/** For the MikroORM command line: the database that the server's environment names. */
export default () => {
  const settings = settingsOf(readEnvironment(process.env), process.env);
  return databaseConfig(settings.database, settings.schema, switchboardSchema);
};
