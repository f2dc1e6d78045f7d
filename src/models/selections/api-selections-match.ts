import { ApiIfMatch } from '../../core/http/index.js';

/** Documents the `If-Match` of the routes that change selections. */
export const ApiSelectionsMatch = () =>
  ApiIfMatch('ETag of GET /api/admin/ai-models: 412 when the selections of the capability changed since.');
