import { client } from '../api/client.gen';

/** Empties the caches of the server. */
export const clearCache = () => client.post({ url: '/api/admin/ai/dashboard/cache/clear', throwOnError: true });
