export { Roster, type Seat } from './roster.js';
