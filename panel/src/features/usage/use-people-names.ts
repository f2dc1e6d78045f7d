import { useQuery } from '@tanstack/react-query';
import { useUser } from '../../app/session-provider';
import { peopleQuery } from '../people/people-queries';

/** Turns the ids of people into names; only a superadmin may list them, everyone knows her own. */
export function usePeopleNames(): (id: string) => string {
  const user = useUser();
  const people = useQuery({ ...peopleQuery, enabled: user.role === 'superadmin' });
  const names = new Map((people.data?.data ?? []).map((person) => [person.id, person.name || person.email]));
  names.set(user.id, user.name || user.email);
  return (id) => names.get(id) ?? id;
}
