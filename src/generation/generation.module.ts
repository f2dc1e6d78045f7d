import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/index.js';
import { ModelsModule } from '../models/index.js';
import { ProvidersModule } from '../providers/index.js';
import { UsageModule } from '../usage/index.js';
import { Attempts } from './attempts.js';
import { ChatService } from './chat/chat.service.js';
import { TargetResolver } from './generation-target.js';
import { Meter } from './meter.js';
import { ReplyWriter } from './reply-writer.js';

/** Calls to models, whatever the vendor. */
@Module({
  imports: [ProvidersModule, KeysModule, ModelsModule, UsageModule],
  providers: [TargetResolver, Attempts, Meter, ReplyWriter, ChatService],
  exports: [ChatService, ReplyWriter],
})
export class GenerationModule {}
