// Mounts the page: questions to the server, language, the shell.
import { QueryClientProvider } from '@tanstack/react-query';
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
import './brief/brief.css';
import './panels/panels.css';
import './panels/analyses.css';
import './panels/time.css';
import './map/map.css';
import './map/compare.css';
import './edit/edit.css';
import './alerts/alerts.css';
import './importing/import.css';
import './routes/routes.css';
import './planning/plan.css';
import './medical/medical.css';
import { queries } from './api/cache.ts';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { OpenView } from './app/OpenView.tsx';
import { Shell } from './app/Shell.tsx';
import { Gate } from './signin/Gate.tsx';
import { neverKept } from './signin/leave.ts';
import { LanguageProvider } from './i18n/provider.tsx';
import { usePrefs } from './state/prefs.ts';
import { keepWorkspace } from './state/workspace.ts';
import { keepLink } from './state/view.ts';

document.documentElement.dataset.theme = usePrefs.getState().theme;
keepLink();
keepWorkspace();
neverKept();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <LanguageProvider>
            <Gate><OpenView><Shell /></OpenView></Gate>
          </LanguageProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
