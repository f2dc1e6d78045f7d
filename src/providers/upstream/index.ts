export { errorOfRefusal, saysUnknownModel } from './diagnose.js';
export { errorInside } from './error-inside.js';
export { redact } from './redact.js';
export { codesOf, fieldsOf, messageOf, readRefusal } from './refusal.js';
export { clampSeconds, retryAfterSeconds } from './retry-after.js';
export { strategyFetch } from './strategy-fetch.js';
