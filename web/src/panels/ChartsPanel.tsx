// The charts: what the chosen records come to, and how it changes with time. They follow filters and mission, and on demand the map.
import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { useIndicator } from '../api/queries.ts';
import type { Indicator } from '../api/indicator.ts';
import { trimmed } from '../charts/figures.ts';
import { CountChart, FoundChart, HurtChart } from '../charts/incidents.tsx';
import type { Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { foundOutcomes } from '../map/layers/incidents.ts';
import { conditionText } from '../state/filters.ts';
import { asInputs } from '../state/selection.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { GroupCharts } from './GroupCharts.tsx';
import { useHistogram, type Histogram } from './histogram.ts';
import { useViewBox } from './viewBox.ts';

export function ChartsPanel() {
  const { say } = useWords();
  const showCharts = useView((v) => v.showCharts);
  const histogram = useHistogram();
  const [inView, setInView] = useState(false);
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('charts.title')}</h2>
        <Checkbox className="check" isSelected={inView} onChange={setInView}><i />{say('table.inView')}</Checkbox>
        <IconButton icon="close" label={say('action.close')} onPress={() => showCharts(false)} />
      </div>
      {'domain' in histogram ? <Charts histogram={histogram} inView={inView} /> : histogram.error
        ? <p className="state bad" role="alert">{histogram.error.message} <Button look="link" onPress={histogram.retry}>{say('state.tryAgain')}</Button></p>
        : <p className="state">{say('time.none')}</p>}
    </>
  );
}

const numbers = ['killed', 'injured'];
/** People hurt, of a record that states both numbers. */
export const both = numbers.join('+');

/** What can be asked of a layer: shares where it has outcomes, sums where it counts people. */
export function questionsOf({ fields, collection, counts }: Layer, box: string | undefined) {
  const has = (name: string) => fields.some((f) => f.name === name);
  const where = box ? { bbox: box.split(',').map(Number) } : {};
  const sum = numbers.filter(has);
  const rates = sum.length === numbers.length ? [both, ...sum] : sum;
  const found = has('outcome') ? { hits: conditionText('outcome', undefined, { values: foundOutcomes }) } : {};
  const exploded = has('outcome') ? { hits: conditionText('outcome', undefined, { values: ['detonated'] }) } : {};
  const all = counts.data && { ...asInputs(collection.id, counts.data.timeless), ...where };
  return {
    byStep: (step: string) => all && { ...all, period: step, ...exploded },
    byYear: all && { ...all, period: 'year', ...found, ...(sum.length && { sum: rates }) },
    now: counts.data && { ...asInputs(collection.id, counts.data.chosen), ...where, period: 'none', ...found, ...(sum.length && { sum }) },
    outcomes: has('outcome'),
    sum,
    rates,
    where,
  };
}

function Charts({ histogram: { layer, step, domain }, inView }: { histogram: Histogram; inView: boolean }) {
  const { say, warning } = useWords();
  const box = useViewBox(inView);
  const questions = questionsOf(layer, inView ? box : undefined);
  const steps = useIndicator(questions.byStep(step));
  const years = useIndicator(questions.byYear);
  const now = useIndicator(questions.now);
  const failed = [steps, years, now].find((q) => q.error);
  if (failed) return <p className="state bad" role="alert">{failed.error?.message || say('state.unreachable')} <Button look="link" onPress={() => void failed.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!steps.data || !years.data || !now.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  const stale = steps.isPlaceholderData || years.isPlaceholderData || now.isPlaceholderData;
  const byYear = trimmed(years.data.periods);
  return (
    <div className="charts" data-stale={stale || undefined} aria-busy={stale || undefined} data-testid="charts">
      <Sentence layer={layer} asked={now.data} sum={questions.sum} outcomes={questions.outcomes} />
      <CountChart layer={layer} step={step} periods={trimmed(steps.data.periods)} split={questions.outcomes} />
      {questions.outcomes && <FoundChart periods={byYear} />}
      {questions.rates.map((field) => <HurtChart key={field} layer={layer} field={field} periods={byYear} />)}
      {layer.counts.data && <GroupCharts layer={layer} counts={layer.counts.data} domain={domain} where={questions.where} />}
      <p className="note">{years.data.method}</p>
      {years.data.warnings.map((w) => <p key={w.text} className="note" dir="auto">{warning(w)}</p>)}
    </div>
  );
}

/** The finding for the chosen dates, with its denominators. */
function Sentence({ layer, asked: { total }, sum, outcomes }: { layer: Layer; asked: Indicator; sum: string[]; outcomes: boolean }) {
  const words = useWords();
  const { say, count } = words;
  const name = words.collection(layer.collection).toLocaleLowerCase(words.language);
  const hurt = sum.filter((field) => total.sums[field] !== undefined).map((field) => `${count(total.sums[field] ?? 0)} ${words.field({ name: field, title: '' }).toLocaleLowerCase(words.language)}`);
  return (
    <p className="finding" data-testid="finding" data-count={total.count} data-hits={total.hits}>
      {say('charts.now', { n: count(total.count), name })}
      {outcomes && ` ${say('charts.nowFound', { hits: count(total.hits), all: count(total.decided ?? total.count) })}`}
      {hurt.length > 0 && ` ${words.list(hurt)}.`}
    </p>
  );
}
