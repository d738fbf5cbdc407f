// Asks what an answer is to be compared with: an earlier period, typed dates, or a kept answer of the same analysis; and how far that run is.
import { useState } from 'react';
import type { Outcome } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { useAnalyses } from '../state/analyses.ts';
import { useComparison } from '../state/comparison.ts';
import { periodBefore, yearBefore } from '../state/earlier.ts';
import { isRange, type TimeRange } from '../state/time.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Choice, type Option } from '../ui/Choice.tsx';
import { DayField } from '../ui/DayField.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Progress } from './Progress.tsx';
import { periodOf, questionFor, timeInput } from './question.ts';

export function CompareWith({ process, outcome }: { process: Process; outcome: Outcome }) {
  const { say, day } = useWords();
  const period = periodOf(process, outcome);
  const options = useOptions(process, outcome, period);
  const [chosen, choose] = useState<string>();
  const [typed, type] = useState<TimeRange>(period ? periodBefore(period) : { from: '', to: '' });
  const { asking, ask, open, cancel } = useComparison();
  const kept = useAnalyses((a) => a.kept);
  const run = asking?.of === outcome ? asking.run : undefined;
  const running = run?.state === 'running';
  if (!options.length) return null;
  const id = options.find((o) => o.id === chosen)?.id ?? options[0]?.id ?? '';
  const range = rangeFor(id, period, typed);
  const other = kept.find((k) => id === `kept-${k.key}`);
  const start = () => {
    useUi.getState().set({ sheet: 'half' });
    if (other) open(process, outcome, other.outcome);
    else if (range) void ask(process, outcome, questionFor(process, outcome, range));
  };
  return (
    <section className="compare-with" aria-label={say('compare.title')} data-testid="compare-with">
      <Choice label={say('compare.with')} value={id} options={options} onChange={choose} />
      {id === 'dates' && (
        <div className="compare-days">
          <DayField label={say('time.from')} end="first" value={typed.from} onChange={(from) => type({ ...typed, from })} />
          <DayField label={say('time.to')} end="last" value={typed.to} onChange={(to) => type({ ...typed, to })} refuse={(to) => (to && typed.from > to ? say('time.reversed', { from: day(typed.from), to: day(to) }) : undefined)} />
        </div>
      )}
      <div className="tool-row">
        <Button isDisabled={running || (!other && !range)} onPress={start}>{say('compare.go')}</Button>
        {running && <Button onPress={cancel}>{say('action.cancel')}</Button>}
      </div>
      {running && <Progress run={run} />}
      {run?.state === 'dismissed' && <p className="state" role="status">{say('compare.dismissed')}</p>}
      {run?.state === 'failed' && <p className="state bad" role="alert" dir="auto"><Icon name="warning" /> {run.error?.message || say('state.unreachable')}</p>}
    </section>
  );
}

function rangeFor(id: string, period: TimeRange | undefined, typed: TimeRange): TimeRange | undefined {
  if (id === 'before') return period && periodBefore(period);
  if (id === 'year') return period && yearBefore(period);
  return id === 'dates' && isRange(typed) ? typed : undefined;
}

/** What there is to compare with; an answer without a period has none before it. */
function useOptions(process: Process, outcome: Outcome, period: TimeRange | undefined): Option[] {
  const { say, day } = useWords();
  const kept = useAnalyses((a) => a.kept);
  const named = (id: 'before' | 'year', range: TimeRange) => ({ id, label: say(`compare.${id}`, { from: day(range.from), to: day(range.to) }) });
  const times = period ? [named('before', periodBefore(period)), named('year', yearBefore(period))] : [];
  const others = kept.filter((k) => k.process.id === process.id && k.outcome !== outcome);
  return [
    ...(timeInput(process) ? [...times, { id: 'dates', label: say('compare.dates') }] : []),
    ...others.map((k) => ({ id: `kept-${k.key}`, label: say('compare.kept', { name: say('kept.name', { name: k.title, n: k.key }) }) })),
  ];
}
