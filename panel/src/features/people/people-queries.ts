import { queryOptions } from '@tanstack/react-query';
import { listInvitations } from '../../client/invitations';
import { listPeople } from '../../client/people';

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: ({ signal }) => listPeople(signal) });

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) => listInvitations(signal),
});
