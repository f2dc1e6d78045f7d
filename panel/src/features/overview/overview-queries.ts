import { queryOptions } from '@tanstack/react-query';
import { readOverview } from '../../client/dashboard';

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => readOverview(signal),
});
