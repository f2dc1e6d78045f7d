import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { theme } from '../theme/theme';
import { PreferencesProvider } from './preferences-provider';
import { makeQueryClient } from './query-client';
import { makeRouter } from './routes';
import { SessionProvider } from './session-provider';

const schemes = localStorageColorSchemeManager({ key: 'switchboard.scheme' });

export function App() {
  const [client] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  return (
    <DirectionProvider detectDirection>
      <MantineProvider theme={theme} colorSchemeManager={schemes} defaultColorScheme="auto">
        <PreferencesProvider>
          <QueryClientProvider client={client}>
            <ModalsProvider>
              <Notifications position="bottom-right" limit={4} />
              <SessionProvider>
                <RouterProvider router={router} />
              </SessionProvider>
            </ModalsProvider>
          </QueryClientProvider>
        </PreferencesProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
