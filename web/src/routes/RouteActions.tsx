// From a card into the workspace of the routes: the record or the place is where the way begins or ends.
import { openPanel } from '../app/openPanel.ts';
import { useLayer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import type { Stop } from '../state/plan.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';

export function RouteActions({ stop }: { stop: Stop }) {
  const { say } = useWords();
  const roads = useLayer('routes');
  if (!roads) return null;
  const take = (end: 'from' | 'to') => {
    const { setPlan, select } = useView.getState();
    setPlan({ mode: 'way', [end]: stop });
    select(undefined);
    openPanel('routes');
  };
  return <><Button icon="route" onPress={() => take('from')}>{say('routes.fromHere')}</Button><Button onPress={() => take('to')}>{say('routes.toHere')}</Button></>;
}
