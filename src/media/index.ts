export { MediaCleanup, type MediaCleanupReport } from './media-cleanup.js';
export { MediaModule } from './media.module.js';
export { MEDIA_STORE, type MediaContent, type MediaStore } from './media-store.js';
export { isPictureType, type MediaType, sniffMediaType } from './media-type.js';
export {
  MEDIA_OPTIONS,
  type MediaAccess,
  type MediaOptions,
  MediaService,
  type NewMedia,
  type OpenedMedia,
  type StoredMedia,
} from './media.service.js';
export { openMediaStore } from './open-media-store.js';
export { MAX_PICTURE_PIXELS, type PictureFacts, readPictureFacts } from './picture-facts.js';
export { MediaController } from './media.controller.js';
