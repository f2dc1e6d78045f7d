import { Module } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { MediaCleanup } from './media-cleanup.js';
import { MEDIA_STORE } from './media-store.js';
import { MediaRepository } from './media.repository.js';
import { MediaService } from './media.service.js';
import { openMediaStore } from './open-media-store.js';

/** Stored pictures and sounds. Expects `MEDIA_OPTIONS`, with the secrets that sign addresses, from the composition root. */
@Module({
  providers: [
    {
      provide: MEDIA_STORE,
      inject: [SWITCHBOARD_SETTINGS],
      useFactory: (settings: SwitchboardSettings) => openMediaStore(settings),
    },
    MediaRepository,
    MediaService,
    MediaCleanup,
  ],
  exports: [MEDIA_STORE, MediaService, MediaCleanup],
})
export class MediaModule {}
