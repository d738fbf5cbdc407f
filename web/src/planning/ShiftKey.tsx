// The key of the places that gain or lose.
import { useMemo } from 'react';
import { shiftsIn } from '../api/footprints.ts';
import { useWords } from '../i18n/words.ts';
import { useAnswers } from './answers.ts';
import { shiftKinds } from './drawn.ts';
import { usePlanning } from './store.ts';

/** What the colours of the places mean, and how many there are of each: pressed, it lists these alone. */
export function ShiftKey() {
  const { say, count } = useWords();
  const { shifts: listed, set } = usePlanning();
  const answer = useAnswers((a) => a.compare.answer);
  const shifts = useMemo(() => (answer ? shiftsIn(answer) : []), [answer]);
  if (!shifts.length) return null;
  return (
    <div className="shift-key" data-testid="shift-key">
      <b>{say('plan.shifts')}</b>
      <ul>
        {shiftKinds.map((kind) => {
          const mine = shifts.filter((s) => s.change === kind);
          return <li key={kind} data-change={kind} data-places={mine.length}><i /><button type="button" className="link" aria-pressed={listed === kind} onClick={() => set({ shifts: listed === kind ? undefined : kind })}>{say(`plan.shift.${kind}`)}</button> <span>{say('plan.shiftCount', { n: mine.length, people: count(mine.reduce((n, s) => n + (s.people ?? 0), 0)) })}</span></li>;
        })}
      </ul>
    </div>
  );
}
