export { ChangeFeed, type ChangeTopic, type MessageTopic } from './change-feed.js';
export { decimal, id, newId, timestamp } from './columns.js';
export { Database, type DatabaseOptions, type EntityManager } from './database.js';
export { databaseConfig, DATABASE_SCHEMA, type DatabaseSchema } from './database-config.js';
export { openDirectConnection, type PostgresPlace, withAdvisoryLock } from './postgres-connection.js';
export { Snapshot } from './snapshot.js';
export { takeOwnership } from './embedded-owner.js';
