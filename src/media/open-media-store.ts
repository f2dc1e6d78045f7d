import { join } from 'node:path';
import type { SwitchboardSettings } from '../core/config/index.js';
import { FolderStore } from './folder.store.js';
import type { MediaStore } from './media-store.js';
import { S3Store } from './s3.store.js';

/**
 * The store that the settings ask for: the bucket where one is named, else the folder `media` in the data directory.
 * @throws Error at boot, saying what to do, when it cannot be opened
 */
export async function openMediaStore(
  settings: Pick<SwitchboardSettings, 'media' | 'dataDirectory'>,
): Promise<MediaStore> {
  return settings.media.s3 ? S3Store.open(settings.media.s3) : FolderStore.open(join(settings.dataDirectory, 'media'));
}
