/** What a provider's list was fetched with, to ask whether it changed since. */
export interface Validator {
  readonly url: string;
  readonly etag: string;
  /** ISO 8601; when the whole list came last. */
  readonly fetchedAt: string;
}

/** Version and age of a stored catalog. */
export interface CatalogHead {
  readonly providerId: string;
  /** Null: everyone's. Else the admin with whose own key the list was fetched; nobody else gets it. */
  readonly owner: string | null;
  /** Grows with each change of the list; 0 when there never was one. */
  readonly version: number;
  readonly syncedAt: Date | null;
  readonly attemptedAt: Date | null;
  /** Why the last attempt failed; null when it did not. */
  readonly error: string | null;
  readonly validator: Validator | null;
}

/** Names a catalog in maps. */
export const slotOf = (providerId: string, owner: string | null) => `${providerId}\n${owner ?? ''}`;
