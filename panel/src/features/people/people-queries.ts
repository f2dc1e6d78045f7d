import { queryOptions } from '@tanstack/react-query';
import { listPeople } from '../../client/people';

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: ({ signal }) => listPeople(signal) });
