import type { Type } from '@nestjs/common';
import { DeadlineWatch } from './deadline-watch.js';
import { Gateway } from './gateway.js';
import { GatewayModels } from './gateway-models.js';
import { PassThroughChat } from './pass-through-chat.js';
import { PassThroughMedia } from './pass-through-media.js';
import { PassThrough } from './pass-through.js';
import { TranslatedChat } from './translated-chat.js';
import { TranslatedMedia } from './translated-media.js';

/** What the controllers of the gateway stand on. */
export const GATEWAY_SERVICES: Type[] = [
  DeadlineWatch,
  PassThrough,
  PassThroughChat,
  PassThroughMedia,
  TranslatedChat,
  TranslatedMedia,
  Gateway,
  GatewayModels,
];
