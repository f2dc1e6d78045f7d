import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/fonts.css';
import './theme/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { configureClient } from './client/transport';
import { loadPreferences } from './app/preferences';
import { startTexts } from './i18n/i18n';

configureClient();
const root = document.getElementById('root');
if (root) void startTexts(loadPreferences().language).then(() => createRoot(root).render(<App />));
