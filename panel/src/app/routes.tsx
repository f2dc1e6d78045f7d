import { createBrowserRouter, type RouteObject } from 'react-router';
import { LoadingLines } from '../components/query-state';
import { PageCrash } from './page-crash';
import { Shell } from './shell/shell';

/** Every page is a chunk of its own. */
const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../features/overview/overview-page')).OverviewPage }) },
  { path: 'models', lazy: async () => ({ Component: (await import('../features/models/models-page')).ModelsPage }) },
  {
    path: 'providers',
    lazy: async () => ({ Component: (await import('../features/providers/providers-page')).ProvidersPage }),
  },
  {
    path: 'providers/new',
    lazy: async () => ({ Component: (await import('../features/providers/add/add-provider-page')).AddProviderPage }),
  },
  {
    path: 'providers/:slug',
    lazy: async () => ({ Component: (await import('../features/providers/detail/provider-page')).ProviderPage }),
  },
  {
    path: 'playground/:capability?',
    lazy: async () => ({ Component: (await import('../features/playground/playground-page')).PlaygroundPage }),
  },
  { path: 'usage', lazy: async () => ({ Component: (await import('../features/usage/usage-page')).UsagePage }) },
  { path: 'people', lazy: async () => ({ Component: (await import('../features/people/people-page')).PeoplePage }) },
  { path: 'tokens', lazy: async () => ({ Component: (await import('../features/tokens/tokens-page')).TokensPage }) },
  { path: 'audit', lazy: async () => ({ Component: (await import('../features/audit/audit-page')).AuditPage }) },
  {
    path: 'settings/:tab?',
    lazy: async () => ({ Component: (await import('../features/settings/settings-page')).SettingsPage }),
  },
];

export function makeRouter() {
  return createBrowserRouter(
    [
      {
        path: '/',
        Component: Shell,
        ErrorBoundary: PageCrash,
        HydrateFallback: LoadingLines,
        children: [{ ErrorBoundary: PageCrash, children: pages }],
      },
    ],
    { basename: new URL(document.baseURI).pathname.replace(/\/$/, '') || '/' },
  );
}
