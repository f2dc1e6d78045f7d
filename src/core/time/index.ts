export { Breather } from './breather.js';
export { Clock } from './clock.js';
