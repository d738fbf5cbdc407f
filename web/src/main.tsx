// Mounts the page: questions to the server, language, the shell.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/noto-sans/wdth.css';
import '@fontsource-variable/noto-sans-arabic/wght.css';
import '@fontsource/noto-sans-sc/400.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './app/shell.css';
import './app/print.css';
import './panels/panels.css';
import './panels/time.css';
import './map/map.css';
import { ApiError } from './api/client.ts';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { Shell } from './app/Shell.tsx';
import { LanguageProvider } from './i18n/provider.tsx';
import { usePrefs } from './state/prefs.ts';
import { keepLink } from './state/view.ts';

document.documentElement.dataset.theme = usePrefs.getState().theme;
keepLink();

// A refusal is an answer and is not asked again; a silent way to the server is tried twice more.
const retry = (failures: number, error: Error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503);
const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry, retryDelay: 600 } } });

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <LanguageProvider>
            <Shell />
          </LanguageProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
