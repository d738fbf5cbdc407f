// The histogram of the time bar with its two handles: bars inside the range in ink, outside grey. The range follows the hand at most
// four times a second; what is drawn under the hand follows at once.
import { useRef, useState, type PointerEvent } from 'react';
import { useLocale } from 'react-aria-components';
import type { Period } from '../api/indicator.ts';
import { useHover } from '../charts/hover.ts';
import { labelWidth } from '../charts/labels.ts';
import { roundTicks, timeScale, timeTicks, type Scale } from '../charts/scale.ts';
import { useWidth } from '../charts/size.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useClock } from '../state/clock.ts';
import { dayMs, held, rangeOf, spanOf, startOf, type Domain, type Step } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { DayMarks } from '../planning/DayMarks.tsx';
import { groundOf, type Drawdown } from '../state/drawdown.ts';
import type { Histogram } from './histogram.ts';
import { TimeHandle } from './TimeHandle.tsx';
import { useThrottled } from './throttled.ts';

type Span = [start: number, end: number];
const sizes = { wide: { top: 14, plot: 46, side: 30, end: 14 }, small: { top: 4, plot: 32, side: 22, end: 14 } };

/** All of a domain is no choice: the link stays short and new records are not left out. */
const chosen = (span: Span, domain: Domain) => (span[0] <= domain[0] && span[1] >= domain[1] ? undefined : rangeOf(span));
const wholeDays = ([start, end]: Span): Span => {
  const first = Math.round(start / dayMs) * dayMs;
  return [first, Math.max(first + dayMs, Math.round(end / dayMs) * dayMs)];
};

interface Props {
  histogram: Histogram;
  small: boolean;
  /** Whose days stand on the bar too: it reaches as far as they do, and the range does not. */
  drawdown?: Drawdown;
}

export function TimePlot({ histogram, small, drawdown }: Props) {
  const { domain, bars, step, layer } = histogram;
  const ground = drawdown ? groundOf(domain, drawdown.days) : domain;
  const words = useWords();
  const { direction } = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const room = small ? sizes.small : sizes.wide;
  const width = Math.max(0, useWidth(box) - room.side - room.end);
  const time = useView((v) => v.time);
  const [moved, setMoved] = useState<Span>();
  const span = moved ?? (time ? spanOf(time) : domain);
  const send = useThrottled((next: Span) => useView.getState().setTime(chosen(next, domain)), 250);
  const move = (next: Span, done: boolean) => {
    useClock.getState().set({ playing: false });
    const days = wholeDays(next);
    setMoved(done ? undefined : days);
    send(days, done);
  };
  const x = timeScale(ground, width, direction === 'rtl');
  const timeAt = (px: number) => { const share = px / (width || 1); return ground[0] + (direction === 'rtl' ? 1 - share : share) * (ground[1] - ground[0]); };
  const drag = useDrag({ span, domain, timeAt, bars, move });
  return (
    <div className="time-plot" ref={box} data-stale={histogram.stale || undefined} data-step={step}>
      <Caption words={words} histogram={histogram} />
      <div className="time-ground" style={{ insetInlineStart: room.side, inlineSize: width, insetBlockStart: room.top, blockSize: room.plot }} {...drag}>
        <Bars bars={bars} span={span} x={x} width={width} height={room.plot} words={words} />
        {(['from', 'to'] as const).map((which, i) => (
          <TimeHandle key={which} which={which} span={span} domain={domain} at={x(span[i] ?? 0)} move={move} label={words.say(which === 'from' ? 'time.from' : 'time.to')} timeAt={timeAt} />
        ))}
        {drawdown && <DayMarks drawdown={drawdown} x={x} timeAt={timeAt} />}
      </div>
      <Axis domain={ground} x={x} width={width} room={room} words={words} />
      <p className="only-read">{words.say('time.summary', { name: words.collection(layer.collection), from: words.day(rangeOf(span).from), to: words.day(rangeOf(span).to) })}</p>
    </div>
  );
}

function Caption({ words, histogram: { layer, step, bars } }: { words: Words; histogram: Histogram }) {
  const { start } = useHover();
  const bar = bars.find((b) => b.start === start);
  const name = words.collection(layer.collection);
  return <p className="time-caption">{bar ? `${words.period(bar.start, step)}: ${words.count(bar.count)}` : words.say(`time.per.${step}`, { name })}</p>;
}

function Bars({ bars, span, x, width, height, words }: { bars: Period[]; span: Span; x: Scale; width: number; height: number; words: Words }) {
  const hovered = useHover((h) => h.start);
  const top = Math.max(1, ...bars.map((b) => b.count));
  const ticks = roundTicks(top, 2).filter((t) => t <= top);
  const shapes = bars.flatMap((b) => {
    if (!b.count) return [];
    const [a, z] = [x(b.start), x(b.end)].sort((p, q) => p - q) as Span;
    const h = Math.max(1, (b.count / top) * height);
    return [{ key: b.start, x: a + (z - a > 3 ? 0.5 : 0), y: height - h, width: Math.max(0.8, z - a - (z - a > 3 ? 1 : 0)), height: h, count: b.count }];
  });
  const [left, right] = [x(span[0]), x(span[1])].sort((p, q) => p - q) as Span;
  const draw = (inside: boolean) => shapes.map((s) => <rect key={s.key} x={s.x} y={s.y} width={s.width} height={s.height} data-hovered={s.key === hovered || undefined} data-count={inside ? undefined : s.count} />);
  return (
    <svg className="time-bars" width={width} height={height} aria-hidden="true">
      <clipPath id="in-range"><rect x={left} y={0} width={Math.max(0, right - left)} height={height} /></clipPath>
      <rect className="range-ground" x={left} y={0} width={Math.max(0, right - left)} height={height} />
      {ticks.slice(1).map((t) => <line key={t} className="grid" x1={0} x2={width} y1={height - (t / top) * height + 0.5} y2={height - (t / top) * height + 0.5} />)}
      <g className="out">{draw(false)}</g>
      <g className="in" clipPath="url(#in-range)">{draw(true)}</g>
      <text className="tick" x={x(0) > x(1) ? width + 6 : -6} y={height - ((ticks.at(-1) ?? 0) / top) * height + 4} textAnchor={x(0) > x(1) ? 'start' : 'end'}>{words.short(ticks.at(-1) ?? 0)}</text>
    </svg>
  );
}

/** A label begins at its mark and goes with the writing: the last one is left out where it would leave the page. */
function Axis({ domain, x, width, room, words }: { domain: Domain; x: Scale; width: number; room: { side: number; top: number; plot: number; end: number }; words: Words }) {
  const widthOf = (t: number, step: Step) => labelWidth(words.period(t, step)) + 4;
  const { step, at } = timeTicks(domain, width, widthOf);
  const fits = (t: number) => Math.abs(x(t) - x(domain[0])) + widthOf(t, step) <= width + room.end;
  return (
    <div className="time-axis" aria-hidden="true" style={{ insetInlineStart: room.side, insetBlockStart: room.top + room.plot, inlineSize: width }}>
      {at.filter(fits).map((t) => <span key={t} style={{ left: x(t) }}>{words.period(t, step)}</span>)}
    </div>
  );
}

interface Dragging {
  span: Span;
  domain: Domain;
  timeAt(px: number): number;
  bars: Period[];
  move(span: Span, done: boolean): void;
}

/** Between the handles a press takes the window along; beside them it marks out a new range of whole bars. */
function useDrag({ span, domain, timeAt, bars, move }: Dragging) {
  const start = useRef<{ at: number; span: Span; inside: boolean }>(undefined);
  const mark = useHover((h) => h.mark);
  const placeOf = (e: PointerEvent<HTMLElement>) => timeAt(e.clientX - e.currentTarget.getBoundingClientRect().left);
  const barAt = (t: number): Span => {
    const bar = bars.find((b) => t >= b.start && t < b.end);
    return bar ? [bar.start, bar.end] : [startOf(t, 'day'), startOf(t, 'day') + dayMs];
  };
  const spanAt = (t: number): Span => {
    const from = start.current;
    if (!from) return span;
    if (from.inside) return held([from.span[0] + t - from.at, from.span[1] + t - from.at], domain);
    const [a, b] = [barAt(from.at), barAt(t)];
    return [Math.max(domain[0], Math.min(a[0], b[0])), Math.min(domain[1], Math.max(a[1], b[1]))];
  };
  return {
    onPointerDown: (e: PointerEvent<HTMLElement>) => {
      if (e.button !== 0 || e.target instanceof HTMLElement && e.target.closest('.time-handle, .day-handle, .day-mark')) return;
      const t = placeOf(e);
      // A range begins where there are records.
      if (t < domain[0] || t >= domain[1]) return;
      // With everything chosen there is no window to take along.
      const all = span[0] <= domain[0] && span[1] >= domain[1];
      start.current = { at: t, span, inside: !all && t >= span[0] && t < span[1] };
      e.currentTarget.setPointerCapture(e.pointerId);
    },
    onPointerMove: (e: PointerEvent<HTMLElement>) => {
      const t = placeOf(e);
      const [from, to] = barAt(t);
      mark({ start: from, end: to });
      if (start.current) move(spanAt(t), false);
    },
    onPointerUp: (e: PointerEvent<HTMLElement>) => {
      if (!start.current) return;
      move(spanAt(placeOf(e)), true);
      start.current = undefined;
    },
    onPointerCancel: () => (start.current = undefined),
    onPointerLeave: () => mark(),
  };
}
