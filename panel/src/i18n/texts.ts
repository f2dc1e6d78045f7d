import type { texts as english } from './locales/en';

/** The same keys in every language: a text that is missing does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

export type Texts = SameKeys<typeof english>;
