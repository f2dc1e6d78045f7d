import type { Person } from '../../client/people';

export const isSuspended = (person: Person): boolean => person.is_suspended ?? Boolean(person.suspended_at);
