import type { CatalogEntry } from '../catalog.js';

const NONE: Readonly<Record<string, string>> = {};

/**
 * Headers that tell a caller about the end of the model that served it: `Deprecation` (RFC 9745, when the end became
 * known), `Sunset` (RFC 8594, when the vendor stops). None for a model without an end in sight.
 */
export function noticeHeaders(model: CatalogEntry | undefined): Readonly<Record<string, string>> {
  if (model === undefined) return NONE;
  const { deprecatedAt, deprecationNotedAt, missingSince } = model;
  const known = deprecationNotedAt ?? missingSince ?? deprecatedAt;
  if (known === null) return NONE;
  return {
    deprecation: `@${Math.floor(Date.parse(known) / 1000)}`,
    ...(deprecatedAt !== null && { sunset: new Date(deprecatedAt).toUTCString() }),
  };
}
