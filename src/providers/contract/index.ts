export * from './capability.js';
export * from './catalog.js';
export * from './chat.js';
export * from './media.js';
export * from './provider-call.js';
export * from './provider-profile.js';
export * from './provider-strategy.js';
export * from './usage.js';
