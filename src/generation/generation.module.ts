import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/index.js';
import { MediaModule } from '../media/index.js';
import { ModelsModule } from '../models/index.js';
import { ProvidersModule } from '../providers/index.js';
import { UsageModule } from '../usage/index.js';
import { Usable } from './access/usable.service.js';
import { Attempts } from './attempts.js';
import { AudioKeeper } from './audio/audio-keeper.js';
import { AudioService } from './audio/audio.service.js';
import { ChatService } from './chat/chat.service.js';
import { Conformance } from './conformance/conformance.service.js';
import { ContentCaller } from './content/content-caller.js';
import { ContentService } from './content/content.service.js';
import { TargetResolver } from './generation-target.js';
import { TargetPrices } from './target-prices.js';
import { GATEWAY_SERVICES } from './gateway/index.js';
import { Generation } from './generation.service.js';
import { ImageService } from './image/image.service.js';
import { Meter } from './meter.js';
import { RunningGenerations } from './running-generations.js';
import { ReplyWriter } from './reply-writer.js';

/** Calls to models, whatever the vendor. */
@Module({
  imports: [ProvidersModule, KeysModule, ModelsModule, UsageModule, MediaModule],
  providers: [
    Generation,
    TargetResolver,
    TargetPrices,
    Attempts,
    Meter,
    RunningGenerations,
    ReplyWriter,
    ChatService,
    ContentCaller,
    ContentService,
    ImageService,
    AudioService,
    AudioKeeper,
    Usable,
    Conformance,
    ...GATEWAY_SERVICES,
  ],
  exports: [
    Generation,
    ...GATEWAY_SERVICES,
    ChatService,
    ContentService,
    ImageService,
    AudioService,
    AudioKeeper,
    Usable,
    Conformance,
    ReplyWriter,
  ],
})
export class GenerationModule {}
