import { Module, type DynamicModule } from '@nestjs/common';
import { KeyRing, KeysModule } from './keys/index.js';
import { MEDIA_OPTIONS, type MediaOptions } from './media/index.js';

/** Gives media the secrets that sign its addresses, derived from the key ring, so that replicas agree. */
@Module({})
export class MediaOptionsModule {
  static register(prefix: string | undefined): DynamicModule {
    return {
      module: MediaOptionsModule,
      global: true,
      imports: [KeysModule],
      providers: [
        {
          provide: MEDIA_OPTIONS,
          inject: [KeyRing],
          useFactory: (ring: KeyRing): MediaOptions => ({
            secrets: ring.derive('media addresses'),
            ...(prefix === undefined ? {} : { prefix: `/${prefix.replace(/^\/|\/$/g, '')}` }),
          }),
        },
      ],
      exports: [MEDIA_OPTIONS],
    };
  }
}
