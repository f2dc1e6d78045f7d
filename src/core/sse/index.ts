export { SseDecoder, type SseDecoderOptions, type SseEvent, readSse } from './sse-decoder.js';
export { encodeSseEvent } from './sse-encoder.js';
