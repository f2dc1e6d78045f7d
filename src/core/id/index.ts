export { quickId } from './quick-id.js';
