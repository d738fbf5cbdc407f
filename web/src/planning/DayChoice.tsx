// The day of a drawdown that is looked at, chosen by name.
import { useWords } from '../i18n/words.ts';
import { stopsOf, type Drawdown } from '../state/drawdown.ts';
import { Choice } from '../ui/Choice.tsx';
import { lookAt } from './drawdown.ts';

const all = '*';

export function DayChoice({ days, day }: Drawdown) {
  const { say, day: dayText } = useWords();
  const stops = stopsOf(days);
  const options = [...(day && !stops.includes(day) ? [day] : []), ...stops].sort().map((d) => ({ id: d, label: dayText(d) }));
  return <Choice hideLabel label={say('plan.asOf')} options={[...options, { id: all, label: say('plan.allChanges') }]} value={day ?? all} onChange={(to) => lookAt(to === all ? undefined : to)} />;
}
