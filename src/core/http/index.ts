export { AdminController } from './admin-controller.decorator.js';
export { ApiList } from './api-list.js';
export { bodyPipe } from './body.pipe.js';
export { BooleanField, ChoiceField, FromQuery, NumberField, ObjectField, TextField, TextListField } from './fields.js';
export { decodeCursor, encodeCursor, type List, PageQuery, wholeList } from './list.js';
export { ProblemFilter } from './problem.filter.js';
export { ApiProblems, ProblemSchema } from './problem.schema.js';
export { type HttpReply, type HttpRequest, pathOf, requestIdOf, takeOver } from './request.js';
