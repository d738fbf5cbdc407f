// The charts of incidents: how many in each period, which share was found before detonation, and how many people each one hurt.
import type { Period } from '../api/indicator.ts';
import type { Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import type { Step } from '../state/time.ts';
import { change, decidedOf, shareTicks, withShare } from './figures.ts';
import { PeriodChart, type Column, type Place } from './PeriodChart.tsx';
import { roundTicks } from './scale.ts';

/** Bars from 0, those that detonated below. Without outcomes one plain bar. */
export function CountChart({ layer, periods, step, split }: { layer: Layer; periods: Period[]; step: Step; split: boolean }) {
  const words = useWords();
  const { say, count } = words;
  const top = Math.max(1, ...periods.map((p) => p.count));
  const columns: Column[] = [
    { head: words.collection(layer.collection), cell: (p) => count(p.count) },
    ...(split ? [{ head: say('legend.detonated'), cell: (p: Period) => count(p.hits) }, { head: say('charts.others'), cell: (p: Period) => count(p.count - p.hits) }] : []),
  ];
  return (
    <PeriodChart
      id="counts" title={say(`time.per.${step}`, { name: words.collection(layer.collection) })} periods={periods} step={step} top={top} columns={columns}
      ticks={roundTicks(top, 3).filter((t) => t <= top).map((value) => ({ value, label: words.short(value) }))}
      note={split ? <span className="chart-keys"><i className="key harm" />{say('legend.detonated')}<i className="key other" />{say('charts.others')}</span> : say('charts.counts')}
      marks={(p, place) => <Bar p={p} place={place} split={split} />}
      figures={(p) => ({ count: p.count, ...(split && { detonated: p.hits }) })}
    />
  );
}

function Bar({ p, place: { left, width, y, height }, split }: { p: Period; place: Place; split: boolean }) {
  const gap = width > 4 ? 1 : 0;
  const wide = Math.max(0.8, width - gap);
  const mid = split ? y(p.hits) : height;
  return (
    <>
      {split && <rect className="harm" x={left + gap / 2} y={mid} width={wide} height={height - mid} />}
      {p.count > (split ? p.hits : 0) && <rect className={split ? 'other' : 'plain'} x={left + gap / 2 + (split ? 0.5 : 0)} y={y(p.count) + (split ? 0.5 : 0)} width={Math.max(0.5, wide - (split ? 1 : 0))} height={Math.max(0.5, mid - y(p.count) - (split ? 0.5 : 0))} />}
    </>
  );
}

/** A point with its whiskers. */
function Whiskers({ place: { left, width, y }, value, lower, upper, look }: { place: Place; value: number; lower: number; upper: number; look: string }) {
  const x = left + width / 2;
  return (
    <g className={look}>
      <path d={`M${x} ${y(lower)}V${y(upper)}M${x - 4} ${y(lower)}h8M${x - 4} ${y(upper)}h8`} />
      <circle cx={x} cy={y(value)} r={3.6} />
    </g>
  );
}

/** The share found before detonation of those whose outcome is known; the title says more or fewer only where the intervals part. */
export function FoundChart({ periods }: { periods: Period[] }) {
  const words = useWords();
  const { say, count } = words;
  const known = withShare(periods);
  const [first, last] = [known[0], known.at(-1)];
  const top = Math.max(0.1, ...known.map((p) => p.share_upper ?? 0));
  const of = (p: Period) => say('count.of', { n: count(p.hits), all: count(decidedOf(p)) });
  const hundred = (share: number | undefined) => (share === undefined ? '–' : words.count(share * 100, 1));
  const pair = first && last && first !== last ? say('charts.pair', { first: words.period(first.start, 'year'), a: of(first), last: words.period(last.start, 'year'), b: of(last) }) : '';
  const found = change(periods);
  return (
    <PeriodChart
      id="found" title={say(`charts.found.${found}`)} note={[pair, found === 'same' && pair ? say('charts.mayNot') : '', say('charts.wilson')].filter(Boolean).join(' ')} periods={periods} step="year" top={Math.min(1, top)}
      ticks={[{ value: 0, label: '0' }, ...shareTicks(top).map(({ value, oneIn }) => ({ value, label: oneIn === 1 ? say('charts.all') : say('charts.oneIn', { n: oneIn }) }))].filter((t) => t.value <= Math.min(1, top) * 1.001)}
      marks={(p, place) => p.share !== undefined && decidedOf(p) > 0 && <Whiskers place={place} value={p.share} lower={p.share_lower ?? p.share} upper={p.share_upper ?? p.share} look="found" />}
      band={(p) => (p.share === undefined ? undefined : { value: p.share, lower: p.share_lower ?? p.share, upper: p.share_upper ?? p.share })}
      figures={(p) => ({ found: p.hits, of: decidedOf(p), share: p.share, share_lower: p.share_lower, share_upper: p.share_upper })}
      under={of}
      columns={[{ head: say('charts.foundOf'), cell: of }, { head: say('charts.inHundred'), cell: (p) => hundred(p.share) }, { head: say('charts.interval'), cell: (p) => `${hundred(p.share_lower)}–${hundred(p.share_upper)}` }]}
    />
  );
}

/** People killed (or injured) for each record. */
export function HurtChart({ layer, field, periods }: { layer: Layer; field: string; periods: Period[] }) {
  const words = useWords();
  const { say, count } = words;
  const rateOf = (p: Period) => p.rates[field];
  const top = Math.max(0.1, ...periods.map((p) => rateOf(p)?.upper ?? rateOf(p)?.per_record ?? 0));
  const name = words.list(field.split('+').map((f, i) => { const text = words.field({ name: f, title: '' }); return i ? text.toLocaleLowerCase(words.language) : text; }));
  const all = (n: number | undefined) => (n === undefined ? '–' : count(n));
  const one = (n: number | undefined) => (n === undefined ? '–' : words.count(n, 1));
  return (
    <PeriodChart
      id={field} title={say('charts.per', { name })} note={say('charts.garwood')} periods={periods} step="year" top={top} height={72}
      ticks={roundTicks(top, 2, false).filter((t) => t <= top).map((value) => ({ value, label: one(value) }))}
      marks={(p, place) => { const r = rateOf(p); return r?.per_record !== undefined && <Whiskers place={place} value={r.per_record} lower={r.lower ?? r.per_record} upper={r.upper ?? r.per_record} look="ink" />; }}
      band={(p) => { const r = rateOf(p); return r?.per_record === undefined ? undefined : { value: r.per_record, lower: r.lower ?? r.per_record, upper: r.upper ?? r.per_record }; }}
      figures={(p) => { const r = rateOf(p); return { sum: p.sums[field], of: r?.of, per_record: r?.per_record, lower: r?.lower, upper: r?.upper }; }}
      under={(p) => `${all(p.sums[field])}/${all(rateOf(p)?.of)}`}
      columns={[{ head: name, cell: (p) => all(p.sums[field]) }, { head: words.collection(layer.collection), cell: (p) => all(rateOf(p)?.of) }, { head: say('charts.each'), cell: (p) => one(rateOf(p)?.per_record) }, { head: say('charts.interval'), cell: (p) => `${one(rateOf(p)?.lower)}–${one(rateOf(p)?.upper)}` }]}
    />
  );
}
