import type { Admin } from '../core/identity/index.js';

/** Who asks when the application asks for itself. No limit holds for it. */
export const APPLICATION: Admin = { id: 'application', role: 'superadmin', name: 'Application' };
