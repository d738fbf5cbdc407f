// To the alerts, with how many nobody has seen to yet.
import { openPanel, usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { useOpenAlerts, useRaises } from './queries.ts';

export function AlertsButton() {
  const { say, count } = useWords();
  const raises = useRaises();
  const on = usePanel() === 'alerts';
  const n = useOpenAlerts();
  if (!raises) return null;
  return (
    <Button look="quiet" icon="bell" aria-pressed={on} aria-label={n ? say('alerts.openCount', { n }) : say('alerts.title')} onPress={() => openPanel(on ? 'layers' : 'alerts')}>
      <span className="wide-label">{say('alerts.title')}</span>
      {n > 0 && <b className="badge" data-testid="alerts-open">{count(n)}</b>}
    </Button>
  );
}
