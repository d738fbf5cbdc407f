// Where the way begins and ends, and what it comes by: typed, picked from the map, or from a card.
import { useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useFound, type Found } from '../app/placeNames.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { usePrefs, type Prefs } from '../state/prefs.ts';
import { reversed, type Stop } from '../state/plan.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';

export const stopText = ({ at, name }: Stop, format: Prefs['coords']): string => name ?? formatCoord(...at, format);

const without = <T,>(list: T[], i: number) => list.filter((_, at) => at !== i);
const replaced = <T,>(list: T[], i: number, value: T) => list.map((old, at) => (at === i ? value : old));

/** The next click on the map, or Enter in its middle, is the place. */
export function pickStop(take: (stop: Stop) => void) {
  useTools.getState().hold('point', ([at]) => at && take({ at }));
  useMap.getState().map?.focus();
}

export function Stops() {
  const { say } = useWords();
  const { plan, setPlan } = useView();
  const { from, to, via } = plan;
  const [adding, setAdding] = useState(false);
  const add = (stop: Stop) => {
    setAdding(false);
    setPlan({ via: [...useView.getState().plan.via, stop] });
  };
  return (
    <div className="stops" role="group" aria-label={say('routes.stops')}>
      <StopField label={say('routes.from')} mark="from" stop={from} onStop={(stop) => setPlan({ from: stop })} />
      {via.map((stop, i) => <StopField key={i} label={say('routes.via', { n: i + 1 })} mark="via" stop={stop} onStop={(s) => setPlan({ via: s ? replaced(via, i, s) : without(via, i) })} />)}
      {adding && <StopField label={say('routes.via', { n: via.length + 1 })} mark="via" onStop={(stop) => (stop ? add(stop) : setAdding(false))} />}
      <StopField label={say('routes.to')} mark="to" stop={to} onStop={(stop) => setPlan({ to: stop })} />
      <div className="tool-row">
        <Button icon="plus" isDisabled={adding} onPress={() => { setAdding(true); pickStop(add); }}>{say('routes.addStop')}</Button>
        <Button icon="swap" isDisabled={!from && !to} onPress={() => setPlan(reversed(plan))}>{say('routes.reverse')}</Button>
      </div>
    </div>
  );
}

interface FieldProps {
  label: string;
  mark: 'from' | 'to' | 'via';
  stop?: Stop;
  /** Undefined: it is taken away. */
  onStop(stop: Stop | undefined): void;
}

export function StopField({ label, mark, stop, onStop }: FieldProps) {
  const { say } = useWords();
  const format = usePrefs((p) => p.coords);
  const [typed, setTyped] = useState<string>();
  const shown = stop ? stopText(stop, format) : '';
  const text = typed ?? shown;
  const { entries, exact, problem } = useFound(typed ?? '', typed !== undefined);
  const take = (found: Found | undefined) => {
    if (!found?.at) return;
    setTyped(undefined);
    onStop({ at: [found.at.lon, found.at.lat], ...(found.record && { name: found.label }) });
  };
  const wrong = typed?.trim() ? problem : undefined;
  return (
    <div className="stop" data-stop={mark}>
      <i className="stop-mark" aria-hidden="true" />
      <ComboBox className="stop-field" inputValue={text} onInputChange={(t) => (t !== shown || typed !== undefined) && setTyped(t)} items={typed === undefined ? [] : entries} value={null} onChange={(id) => take(entries.find((f) => f.id === id))} menuTrigger="input" allowsCustomValue allowsEmptyCollection={(typed ?? '').trim() !== ''} defaultFilter={() => true} onBlur={() => setTyped(undefined)}>
        <Label>{label}</Label>
        <Input className="input" placeholder={say('routes.typeStop')} onFocus={(e) => e.target.select()} onKeyDown={(e) => { if (e.key === 'Enter' && (exact || entries.length === 1)) take(entries[0]); }} />
        <Popover className="popover wide" offset={4}>
          <ListBox<Found> className="menu" renderEmptyState={() => <p className="goto-empty" data-problem={wrong !== undefined || undefined}>{wrong ?? say('goto.looking')}</p>}>
            {(f) => <ListBoxItem id={f.id} textValue={f.label} className="menu-item">{f.symbol && <SymbolCanvas name={f.symbol} />}<span>{f.label}</span><small>{f.kind}</small></ListBoxItem>}
          </ListBox>
        </Popover>
      </ComboBox>
      {stop || mark === 'via' ? <IconButton icon="close" label={say('form.remove', { name: label })} onPress={() => onStop(undefined)} /> : <IconButton icon="pin" label={say('routes.pick', { name: label })} onPress={() => pickStop(onStop)} />}
    </div>
  );
}
