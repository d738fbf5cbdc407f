// The days of a drawdown on the time bar: a mark on each on which something changes, and the handle of the day that is looked at.
// Arrows go from change to change, Home and End to before the first and after the last.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useLocale } from 'react-aria-components';
import { useWords, type Words } from '../i18n/words.ts';
import { useClock } from '../state/clock.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { nextStop, stopAt, stopsOf, type Drawdown } from '../state/drawdown.ts';
import { holds } from '../state/scenario.ts';
import { dayMs, msOf } from '../state/time.ts';
import { lookAt } from './drawdown.ts';

interface Props {
  drawdown: Drawdown;
  /** Pixels from the left of the plot, of a moment; and back. */
  x(ms: number): number;
  timeAt(px: number): number;
}

export function DayMarks({ drawdown, x, timeAt }: Props) {
  const words = useWords();
  const { days, changes, day } = drawdown;
  const stop = () => useClock.getState().set({ playing: false });
  return (
    <>
      {days.map((d) => (
        <i key={d} className="day-mark" aria-hidden="true" data-day={d} data-holds={day === undefined || d <= day} style={{ left: x(msOf(d)) }} title={markText(words, drawdown, d)} onPointerDown={() => { stop(); lookAt(d); }} />
      ))}
      <DayHandle drawdown={drawdown} x={x} timeAt={timeAt} text={words.say('plan.dayHolds', { day: words.day(day ?? days.at(-1) ?? ''), n: changes.filter((c) => holds(c, day)).length, all: changes.length })} onMove={stop} />
    </>
  );
}

const markText = (words: Words, { changes }: Drawdown, day: string) =>
  `${words.day(day)}: ${words.list(changes.filter((c) => c.on?.slice(0, 10) === day).map((c) => [words.code('act', c.act), c.name].filter(Boolean).join(' ')))}`;

function DayHandle({ drawdown, x, timeAt, text, onMove }: Props & { text: string; onMove(): void }) {
  const { say } = useWords();
  const { direction } = useLocale();
  const dragging = useRef(false);
  const { days, day } = drawdown;
  const stops = stopsOf(days);
  const now = day ?? days.at(-1) ?? '';
  const go = (to: string | undefined) => {
    onMove();
    if (to !== undefined && to !== day) lookAt(to);
  };
  const pressed = (e: KeyboardEvent) => {
    const onward = direction === 'rtl' ? -1 : 1;
    const by = { ArrowRight: onward, ArrowLeft: -onward, ArrowUp: 1, ArrowDown: -1 }[e.key] as 1 | -1 | undefined;
    if (by === undefined && e.key !== 'Home' && e.key !== 'End') return;
    e.preventDefault();
    go(by !== undefined ? nextStop(drawdown, by) : e.key === 'Home' ? stops[0] : stops.at(-1));
  };
  const placeOf = (e: PointerEvent<HTMLElement>) => timeAt(e.clientX - (e.currentTarget.parentElement?.getBoundingClientRect().left ?? 0));
  const drop = () => {
    dragging.current = false;
    endGesture();
  };
  return (
    <div
      className="day-handle" role="slider" tabIndex={0} aria-label={say('plan.asOf')} style={{ left: x(msOf(now)) }} data-testid="day-handle" data-day={now}
      aria-valuemin={Math.floor(msOf(stops[0] ?? '') / dayMs)} aria-valuemax={Math.floor(msOf(stops.at(-1) ?? '') / dayMs)} aria-valuenow={Math.floor(msOf(now) / dayMs)} aria-valuetext={text}
      onKeyDown={pressed}
      onPointerDown={(e) => { dragging.current = true; beginGesture(); e.currentTarget.setPointerCapture(e.pointerId); }}
      onPointerMove={(e) => dragging.current && go(stopAt(days, placeOf(e)))}
      onPointerUp={drop} onPointerCancel={drop}
    ><i /></div>
  );
}
