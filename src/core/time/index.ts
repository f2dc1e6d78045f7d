export { Breather } from './breather.js';
export { Clock } from './clock.js';
export { ClockSetter } from './clock-setter.js';
export { RecurringWork } from './recurring-work.js';
