import { Invitation } from './accounts/invitations/invitation.entity.js';
import { AdminCredential } from './accounts/people/admin-credential.entity.js';
import { AdminSession } from './accounts/people/admin-session.entity.js';
import { AdminUser } from './accounts/people/admin-user.entity.js';
import { ApiToken } from './accounts/tokens/api-token.entity.js';
import type { DatabaseSchema } from './core/database/index.js';
import { ProviderKey } from './keys/provider-key.entity.js';
import { ProviderSetting } from './keys/settings/provider-setting.entity.js';
import { Media } from './media/media.entity.js';
import { Accounts20261120 } from './migrations/20261120_accounts.js';
import { Initial20261120 } from './migrations/20261120_initial.js';
import { Invitations20261120 } from './migrations/20261120_invitations.js';
import { Limits20261120 } from './migrations/20261120_limits.js';
import { Media20261120 } from './migrations/20261120_media.js';
import { Models20261120 } from './migrations/20261120_models.js';
import { ModelsFirstSeen20261120 } from './migrations/20261120_models_first_seen.js';
import { ModelsStoredLists20261120 } from './migrations/20261120_models_stored_lists.js';
import { ModelsStoredPages20261120 } from './migrations/20261120_models_stored_pages.js';
import { TokenConcurrency20261120 } from './migrations/20261120_token_concurrency.js';
import { TokenLimits20261120 } from './migrations/20261120_token_limits.js';

import { ScheduledSwitch } from './models/selections/schedule/scheduled-switch.entity.js';
import { SelectionEvent } from './models/selections/selection-event.entity.js';
import { Selection } from './models/selections/selection.entity.js';
import { Provider } from './providers/provider.entity.js';
import { RemovedProvider } from './providers/removed-provider.entity.js';

/** All tables of a switchboard: what `mikro-orm.config.ts`, the server and host modules open. */
export const switchboardSchema: DatabaseSchema = {
  entities: [
    Provider,
    RemovedProvider,
    ProviderKey,
    ProviderSetting,
    Selection,
    SelectionEvent,
    ScheduledSwitch,
    Media,
    AdminUser,
    AdminCredential,
    AdminSession,
    Invitation,
    ApiToken,
  ],
  migrations: [
    { name: '20261120_accounts', class: Accounts20261120 },
    { name: '20261120_initial', class: Initial20261120 },
    { name: '20261120_invitations', class: Invitations20261120 },
    { name: '20261120_limits', class: Limits20261120 },
    { name: '20261120_media', class: Media20261120 },
    { name: '20261120_models', class: Models20261120 },
    { name: '20261120_models_first_seen', class: ModelsFirstSeen20261120 },
    { name: '20261120_models_stored_lists', class: ModelsStoredLists20261120 },
    { name: '20261120_models_stored_pages', class: ModelsStoredPages20261120 },
    { name: '20261120_token_concurrency', class: TokenConcurrency20261120 },
    { name: '20261120_token_limits', class: TokenLimits20261120 },
  ],
};
