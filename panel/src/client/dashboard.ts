import { request } from './request';

export const clearCache = () => request<unknown>('POST', 'api/admin/ai/dashboard/cache/clear', { body: {} });
