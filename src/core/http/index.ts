export { AdminController } from './admin-controller.decorator.js';
export { ApiList } from './api-list.js';
export { callerSignal } from './caller-signal.js';
export { ApiIfMatch, demandedTags, type HeaderReply, tagOf } from './entity-tag.js';
export { EventStream } from './event-stream.js';
export { bodyPipe } from './body.pipe.js';
export {
  BooleanField,
  ChoiceField,
  FromQuery,
  NumberField,
  isStorable,
  ObjectField,
  TextField,
  TextListField,
} from './fields.js';
export { isRealTime } from './real-time.js';
export { decodeCursor, encodeCursor, type List, PageQuery, wholeList } from './list.js';
export { MoneyField } from './money-field.js';
export { ProblemFilter } from './problem.filter.js';
export { ApiProblems, ProblemSchema } from './problem.schema.js';
export { type BodyParser, jsonBodyParser } from './json-body-parser.js';
export {
  detach,
  type HttpReply,
  type HttpRequest,
  nodeResponseOf,
  pathOf,
  requestIdOf,
  takeOver,
  type TakenOver,
} from './request.js';
