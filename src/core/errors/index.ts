export { ERROR_TABLE, type ErrorCode, type RetryDisposition } from './error-table.js';
export { type FieldError, SwitchboardError, type SwitchboardErrorOptions, invalidField } from './switchboard-error.js';
export { isDatabaseOutage, isRepeatableConflict } from './outage.js';
export { type Problem, toProblem, toSwitchboardError } from './problem.js';
