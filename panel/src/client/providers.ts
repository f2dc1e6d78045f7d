import {
  type CreateProviderSchema,
  type KeyValidationView,
  personalKeyListAdd,
  personalKeyListList,
  personalKeyListRemove,
  personalKeysRemove,
  personalKeysSet,
  providersCreate,
  providersList,
  providersOne,
  providersRemove,
  providersUpdate,
  settingsList,
  settingsUpdate,
  type SettingView,
  sharedKeyListAdd,
  sharedKeyListList,
  sharedKeyListRemove,
  sharedKeysRemove,
  sharedKeysSet,
  sharedKeysValidate,
  type AddKeyBody,
  type ListedKeyView,
  type UpdateSettingBody,
} from '../api';
import { given, matching, readTagged, stoppable, type Tagged } from './transport';
import type { List, Provider, SavedProvider } from './types';

export type NewProvider = CreateProviderSchema;
export type KeyVerdict = KeyValidationView;
/** What an admin may do with a provider, and how much of the month is used. */
export type ProviderSetting = SettingView;
export type ListedKey = ListedKeyView;
export type NewKey = AddKeyBody;
export type KeyScope = 'shared' | 'personal';

export const listProviders = (signal?: AbortSignal) => providersList(stoppable(signal)) as Promise<List<Provider>>;
export const readProvider = (slug: string, signal?: AbortSignal) =>
  readTagged((options) => providersOne({ path: { slug }, ...stoppable(signal), ...options })) as Promise<
    Tagged<Provider>
  >;
export const createProvider = (body: NewProvider) => providersCreate({ body }) as Promise<SavedProvider>;
export const updateProvider = (slug: string, body: Readonly<Record<string, unknown>>, ifMatch?: string | null) =>
  providersUpdate({ path: { slug }, body, ...matching(ifMatch) }) as Promise<SavedProvider>;
export const deleteProvider = (slug: string) => providersRemove({ path: { slug } });

export const putKey = (scope: KeyScope, slug: string, apiKey: string) =>
  (scope === 'shared' ? sharedKeysSet : personalKeysSet)({ path: { slug }, body: { api_key: apiKey } });
export const deleteKey = (scope: KeyScope, slug: string) =>
  (scope === 'shared' ? sharedKeysRemove : personalKeysRemove)({ path: { slug } });
export const validateKey = (slug: string, scope: KeyScope) => sharedKeysValidate({ path: { slug }, body: { scope } });
export const listKeys = (scope: KeyScope, slug: string, signal?: AbortSignal) =>
  (scope === 'shared' ? sharedKeyListList : personalKeyListList)({ path: { slug }, ...stoppable(signal) });
export const addKey = (scope: KeyScope, slug: string, body: NewKey) =>
  (scope === 'shared' ? sharedKeyListAdd : personalKeyListAdd)({ path: { slug }, body });
export const removeKey = (scope: KeyScope, slug: string, id: string) =>
  (scope === 'shared' ? sharedKeyListRemove : personalKeyListRemove)({ path: { slug, id } });

export const listSettings = (signal?: AbortSignal, adminId?: string) =>
  settingsList({ ...stoppable(signal), query: given({ admin_id: adminId }) });
export const updateSetting = (slug: string, body: UpdateSettingBody, adminId?: string) =>
  settingsUpdate({ path: { slug }, body, query: given({ admin_id: adminId }) });
