// A chart over periods: title and unit, grid, marks, the chosen time as a tint behind. A period is chosen with a click or a key, and
// the same numbers stand in a table.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useLocale } from 'react-aria-components';
import type { Period } from '../api/indicator.ts';
import { useWords } from '../i18n/words.ts';
import { dayOf, rangeOf, spanOf, type Step } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { ChartFrame, type Row } from './ChartFrame.tsx';
import { useHover } from './hover.ts';
import { labelWidth } from './labels.ts';
import { heldIn, linear, rowsOf, timeScale, timeTicks } from './scale.ts';
import { useWidth } from './size.ts';
import { useSweep } from './sweep.ts';

export interface Tick {
  value: number;
  label: string;
}

/** Where a period's marks go, in pixels of the plot. */
export interface Place {
  left: number;
  width: number;
  /** Of a value, from the top. */
  y(value: number): number;
  height: number;
}

export interface Band {
  lower: number;
  value: number;
  upper: number;
}

export interface Column {
  head: string;
  cell(p: Period): string;
}

interface Props {
  id: string;
  title: string;
  note: ReactNode;
  periods: Period[];
  step: Step;
  /** Values from 0 to here. */
  top: number;
  ticks: Tick[];
  marks(p: Period, place: Place): ReactNode;
  /** The numbers of one period, for the file. */
  figures(p: Period): Row;
  /** An interval that is drawn as a band with a line through its values; undefined where there is none. */
  band?(p: Period): Band | undefined;
  /** Under each period's name; then every period is named. */
  under?(p: Period): string;
  /** What is read out of one period. */
  columns: Column[];
  height?: number;
}

const end = 8;
const row = 15;

/** Room for the values of the axis: what the widest one needs in the language. */
const sideOf = (ticks: Tick[]) => Math.max(44, ...ticks.map((t) => Math.ceil(labelWidth(t.label)) + 8));

export function PeriodChart(props: Props) {
  const { id, title, note, columns, periods, step, figures } = props;
  const words = useWords();
  const twin = { head: [words.say(`time.step.${step}`), ...columns.map((c) => c.head)], rows: periods.map((p) => [words.period(p.start, step), ...columns.map((c) => c.cell(p))]) };
  return <ChartFrame id={id} title={title} note={note} twin={twin} figures={periods.map((p) => ({ start: dayOf(p.start), end: dayOf(p.end), ...figures(p) }))}><Plot {...props} /></ChartFrame>;
}

function Plot({ title, periods, step, top, ticks, marks, under, columns, band, height = 92 }: Props) {
  const words = useWords();
  const { direction } = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const side = sideOf(ticks);
  const width = Math.max(0, useWidth(box) - side - end);
  const domain: [number, number] = [periods[0]?.start ?? 0, periods.at(-1)?.end ?? 1];
  const mirrored = direction === 'rtl';
  const x = timeScale(domain, width, mirrored);
  const y = linear([0, top || 1], [height, 0]);
  const offset = mirrored ? end : side;
  const rows = under ? rowsOf(Math.max(0, ...periods.map((p) => labelWidth(under(p), true))), width / periods.length) : 1;
  const below = under ? 21 + row * rows : 20;
  const edges: Edges = mirrored ? [-end, width + side] : [-side, width + end];
  const placeOf = (p: Period): Place => ({ left: Math.min(x(p.start), x(p.end)), width: Math.abs(x(p.end) - x(p.start)), y, height });
  return (
    <div ref={box} className="chart-box">
      <svg width={width + side + end} height={height + below + 6} role="group" aria-label={title}>
        <g transform={`translate(${offset} 6)`}>
          <Chosen x={x} height={height} domain={domain} />
          {ticks.map((t) => (
            <g key={t.value}>
              <line className={t.value === 0 ? 'base-line' : 'grid'} x1={0} x2={width} y1={y(t.value)} y2={y(t.value)} />
              <text className="axis-text" x={mirrored ? width + 6 : -6} y={y(t.value) + 4} textAnchor="end">{t.label}</text>
            </g>
          ))}
          {band && <Bands periods={periods} band={band} placeOf={placeOf} />}
          <Marks periods={periods} marks={marks} placeOf={placeOf} />
          {under ? periods.map((p, i) => <Named key={p.start} name={words.period(p.start, step)} text={under(p)} row={i % rows} edges={edges} at={placeOf(p)} />) : <TimeAxis domain={domain} width={width} height={height} x={x} />}
          <Targets periods={periods} placeOf={placeOf} mirrored={mirrored} labelOf={(p) => `${words.period(p.start, step)}. ${columns.map((c) => `${c.head}: ${c.cell(p)}`).join(', ')}`} />
        </g>
      </svg>
    </div>
  );
}

/** The chosen time, where it is not all there is. */
function Chosen({ x, height, domain }: { x(t: number): number; height: number; domain: [number, number] }) {
  const time = useView((v) => v.time);
  if (!time) return null;
  const [from, to] = spanOf(time).map((t) => x(Math.min(Math.max(t, domain[0]), domain[1])));
  const [left = 0, right = 0] = [Math.min(from ?? 0, to ?? 0), Math.max(from ?? 0, to ?? 0)];
  return <rect className="range-ground" x={left} y={0} width={right - left} height={height} />;
}

/** Runs of periods that have an interval: a gap in what is known is a gap in the line. */
function Bands({ periods, band, placeOf }: { periods: Period[]; band(p: Period): Band | undefined; placeOf(p: Period): Place }) {
  const runs: { x: number; lower: number; value: number; upper: number }[][] = [[]];
  for (const p of periods) {
    const [of, { left, width, y }] = [band(p), placeOf(p)];
    if (of) runs.at(-1)?.push({ x: left + width / 2, lower: y(of.lower), value: y(of.value), upper: y(of.upper) });
    else runs.push([]);
  }
  const path = (points: [number, number][]) => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('');
  return runs.filter((run) => run.length > 1).map((run) => (
    <g key={run[0]?.x} className="band">
      <path className="band-ground" d={`${path([...run.map(({ x, upper }): [number, number] => [x, upper]), ...[...run].reverse().map(({ x, lower }): [number, number] => [x, lower])])}Z`} />
      <path className="band-line" d={path(run.map(({ x, value }) => [x, value]))} />
    </g>
  ));
}

function Marks({ periods, marks, placeOf }: { periods: Period[]; marks: Props['marks']; placeOf(p: Period): Place }) {
  const time = useView((v) => v.time);
  const hovered = useHover((h) => h.start);
  const [from, to] = time ? spanOf(time) : [-Infinity, Infinity];
  return periods.map((p) => <g key={p.start} className="mark" data-out={p.end <= from || p.start >= to || undefined} data-hovered={p.start === hovered || undefined}>{marks(p, placeOf(p))}</g>);
}

type Edges = [from: number, to: number];

const Named = ({ name, text, row: nth, edges, at }: { name: string; text: string; row: number; edges: Edges; at: Place }) => {
  const middle = at.left + at.width / 2;
  return (
    <g className="axis-text" textAnchor="middle" transform={`translate(0 ${at.height})`}>
      <text x={middle} y={16}>{name}</text>
      <text x={heldIn(middle, labelWidth(text, true), ...edges)} y={31 + row * nth} className="strong">{text}</text>
    </g>
  );
};

function TimeAxis({ domain, width, height, x }: { domain: [number, number]; width: number; height: number; x(t: number): number }) {
  const words = useWords();
  const { step, at } = timeTicks(domain, width, (t, of) => labelWidth(words.period(t, of)));
  return at.map((t) => (
    <g key={t} transform={`translate(${x(t)} ${height})`}>
      <line className="base-line" y2={5} />
      <text className="axis-text" y={17} textAnchor="middle">{words.period(t, step)}</text>
    </g>
  ));
}

/** One target a period over the whole height; arrow keys go from one to the next, Enter chooses its time, and again lets it go. */
function Targets({ periods, placeOf, labelOf, mirrored }: { periods: Period[]; placeOf(p: Period): Place; labelOf(p: Period): string; mirrored: boolean }) {
  const [at, setAt] = useState(0);
  const group = useRef<SVGGElement>(null);
  const mark = useHover((h) => h.mark);
  const time = useView((v) => v.time);
  const setTime = useView((v) => v.setTime);
  const isChosen = (p: Period) => { const r = rangeOf([p.start, p.end]); return time?.from === r.from && time.to === r.to; };
  const choose = (p: Period) => setTime(isChosen(p) ? undefined : rangeOf([p.start, p.end]));
  const { down, enter } = useSweep((from, to) => {
    const [a, z] = [periods[from], periods[to]];
    if (a && z && a !== z) setTime(rangeOf([a.start, z.end]));
    else if (a) choose(a);
  });
  const key = (e: KeyboardEvent, p: Period, i: number) => {
    const by = { ArrowRight: mirrored ? -1 : 1, ArrowLeft: mirrored ? 1 : -1 }[e.key];
    const to = by !== undefined ? i + by : { Home: 0, End: periods.length - 1 }[e.key];
    if (e.key === 'Enter' || e.key === ' ') choose(p);
    else if (to !== undefined && periods[to]) {
      setAt(to);
      (group.current?.children[to] as SVGElement | undefined)?.focus();
    } else return;
    e.preventDefault();
  };
  return (
    <g ref={group}>
      {periods.map((p, i) => {
        const { left, width, height } = placeOf(p);
        return (
          <rect
            key={p.start} className="target" x={left} y={0} width={width} height={height} role="button" tabIndex={i === Math.min(at, periods.length - 1) ? 0 : -1} aria-label={labelOf(p)} aria-pressed={isChosen(p)} data-start={p.start}
            onPointerDown={(e) => down(e, i)} onKeyDown={(e) => key(e, p, i)} onFocus={() => mark(p)} onBlur={() => mark()} onPointerEnter={() => { enter(i); mark(p); }} onPointerLeave={() => mark()}
          ><title>{labelOf(p)}</title></rect>
        );
      })}
    </g>
  );
}
