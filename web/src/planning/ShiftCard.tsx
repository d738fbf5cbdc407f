// The place that was clicked for which the scenario changes something: from which base it is reached, and how soon, in the base line and in the scenario.
import { useMemo } from 'react';
import { demandsIn, shiftsIn, stationsIn, type Demand } from '../api/footprints.ts';
import type { Outcome } from '../api/execution.ts';
import { usePanel } from '../app/openPanel.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { useAnswers } from './answers.ts';
import { shiftText } from './drawn.ts';
import { openNumber, openShifts } from './openNumber.ts';
import { usePlanning } from './store.ts';

interface Side {
  place?: Demand;
  /** Of the bases that come in time. */
  inTime: { key: number; name: string }[];
}

function sideOf(answer: Outcome | undefined, key: number): Side {
  const place = answer && demandsIn(answer).find((p) => p.key === key);
  const bases = answer && place ? stationsIn(answer).filter((b) => place.in_time_of.includes(b.key)) : [];
  return { place, inTime: bases.map(({ key: base, name }) => ({ key: base, name })) };
}

export function ShiftCard({ itemKey }: { itemKey: number }) {
  const words = useWords();
  const { say, count } = words;
  const set = useUi((u) => u.set);
  const open = usePanel() === 'plan';
  const { base, option, compare } = useAnswers();
  const shift = useMemo(() => (compare.answer ? shiftsIn(compare.answer).find((s) => s.key === itemKey) : undefined), [compare.answer, itemKey]);
  const [before, after] = useMemo(() => [sideOf(base.answer, itemKey), sideOf(option.answer, itemKey)], [base.answer, option.answer, itemKey]);
  if (!open || !shift) return null;
  const name = shift.name || `#${itemKey}`;
  const reached = before.inTime.length > 0 || after.inTime.length > 0;
  // In time of no base on either side, it is a row of no number: it stands in the list of all that changes.
  const row = `places ${itemKey}`;
  const rows = () => (reached ? openNumber('people_in_time', row) : openShifts(row));
  const record = () => {
    set({ shift: undefined });
    useView.getState().select({ collection: 'places', key: itemKey });
  };
  return (
    <section className="card nearest shift-card" aria-label={name} data-testid="shift-card" data-change={shift.change} data-stale={compare.stale || undefined}>
      <header className="card-head">
        <div>
          <h2 dir="auto">{name}</h2>
          <p><i /> {shiftText(words, shift.change)} · {shift.people === undefined ? say('plan.peopleUnstated') : say('plan.peopleOf', { n: count(shift.people) })}</p>
        </div>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ shift: undefined })} />
      </header>
      <table className="table">
        <thead><tr><th scope="col"><span className="only-read">{say('compare.measure')}</span></th><th scope="col">{say('plan.baseLine')}</th><th scope="col">{say('plan.scenario')}</th></tr></thead>
        <tbody>
          <tr data-fact="nearest"><th scope="row">{say('plan.nearestBase')}</th><td><bdi>{nearestText(words, before)}</bdi></td><td><bdi>{nearestText(words, after)}</bdi></td></tr>
          <tr data-fact="minutes"><th scope="row">{say('plan.byRoad')}</th><td>{minutesText(words, shift.minutes_before)}</td><td>{minutesText(words, shift.minutes_after)}</td></tr>
          <tr data-fact="bases"><th scope="row">{say('plan.basesInTime')}</th><td><Bases side={before} /></td><td><Bases side={after} /></td></tr>
        </tbody>
      </table>
      <footer className="card-actions">
        <Button onPress={rows}>{say('plan.rowsBehind')}</Button>
        <Button onPress={record}>{say('plan.theRecord')}</Button>
      </footer>
    </section>
  );
}

const nearestText = ({ say }: Words, { place }: Side) => place?.nearest || say('plan.unknown');

/** A place without a way has none: that is known. */
const minutesText = ({ say, duration }: Words, minutes: number | undefined) => (minutes === undefined ? say('plan.noWay') : duration(minutes));

/** Each leads to its row among the bases. */
function Bases({ side: { inTime } }: { side: Side }) {
  const { say } = useWords();
  const set = usePlanning((p) => p.set);
  if (!inTime.length) return say('plan.none');
  return <ul>{inTime.map((b) => <li key={b.key}><Button look="link" onPress={() => set({ open: b.key })}><bdi>{b.name}</bdi></Button></li>)}</ul>;
}
