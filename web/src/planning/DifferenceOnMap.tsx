// The difference on the map: whether the base line stands beside the scenario, which layer both show, its key, and who gains or loses where.
import { useMemo, useState } from 'react';
import { shiftsIn, type Shift } from '../api/footprints.ts';
import { useWords } from '../i18n/words.ts';
import { mapEvents, useMap } from '../map/MapView.tsx';
import { LayoutChoice } from '../panels/LayoutChoice.tsx';
import { comparedLayers } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { useAnswers } from './answers.ts';
import { ComparedKey } from './ComparedKey.tsx';
import { shiftKinds } from './drawn.ts';
import { idOf, intoView } from './madeOf.ts';
import { ShiftKey } from './ShiftKey.tsx';
import { usePlanning } from './store.ts';

export function CompareMaps() {
  const { say } = useWords();
  const compared = useView((v) => v.scenario.compared);
  const setScenario = useView((v) => v.setScenario);
  const mapped = useMap((m) => m.map !== undefined);
  if (!mapped) return null;
  const layers = comparedLayers.map((id) => ({ id, label: say(`plan.layer.${id}`) }));
  return (
    <div className="compare-maps">
      <Button icon="swap" aria-pressed={compared !== undefined} onPress={() => setScenario(compared ? { compared: undefined, swipe: undefined } : { compared: comparedLayers[0] })}>{say('plan.compare')}</Button>
      {compared && <LayoutChoice />}
      {compared && <Choice label={say('compare.layer')} hideLabel options={layers} value={compared} onChange={(id) => setScenario({ compared: comparedLayers.find((l) => l === id) })} />}
    </div>
  );
}

export function OnMap() {
  const compared = useView((v) => v.scenario.compared);
  return (
    <div className="difference-map" data-testid="difference-map">
      {compared !== 'shifts' && <ComparedKey />}
      <ShiftKey />
      <Shifts />
    </div>
  );
}

const most = 20;

/** The places for which something changes, those with most people first; each leads to its spot. */
function Shifts() {
  const { say, count, duration } = useWords();
  const answer = useAnswers((a) => a.compare.answer);
  const [all, setAll] = useState(false);
  const { shifts: kind, row } = usePlanning();
  const shifts = useMemo(() => (answer ? shiftsIn(answer) : []).filter((s) => kind === undefined || s.change === kind).sort((a, b) => rank(a) - rank(b) || (b.people ?? 0) - (a.people ?? 0)), [answer, kind]);
  if (!shifts.length) return null;
  const time = (minutes: number | undefined) => (minutes === undefined ? say('plan.unknown') : duration(minutes));
  const go = ({ key, at: [lon, lat] }: Shift) => {
    useMap.getState().map?.goTo({ lon, lat }, 8);
    mapEvents.shift(key);
  };
  return (
    <>
      <table className="table shifts" data-testid="shifts">
        <caption className="only-read">{say('plan.shifts')}</caption>
        <thead><tr><th scope="col">{say('plan.place')}</th><th scope="col" className="end">{say('plan.unit.person')}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('plan.scenario')}</th></tr></thead>
        <tbody>
          {(all || shifts.findIndex((s) => idOf('places', s.told) === row) >= most ? shifts : shifts.slice(0, most)).map((s) => (
            <tr key={s.key} data-row={idOf('places', s.told)} data-change={s.change} aria-current={idOf('places', s.told) === row || undefined} ref={idOf('places', s.told) === row ? intoView : undefined}><th scope="row"><i /><Button look="link" onPress={() => go(s)}>{s.name || s.key}</Button></th><td className="end">{s.people === undefined ? say('plan.unknown') : count(s.people)}</td><td className="end">{time(s.minutes_before)}</td><td className="end">{time(s.minutes_after)}</td></tr>
          ))}
        </tbody>
      </table>
      {shifts.length > most && <Button look="link" onPress={() => setAll(!all)}>{say(all ? 'plan.fewerRows' : 'plan.moreRows', { n: shifts.length - most })}</Button>}
    </>
  );
}

const rank = ({ change }: Shift) => shiftKinds.findIndex((k) => k === change);
