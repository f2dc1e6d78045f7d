export { CALL_ENDS, type EndCall, RunningCalls, shuttingDown } from './running-calls.js';
