// One end of the range: dragged, or moved by keys: arrows a step, Page Up and Down a year, Home and End as far as it goes.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useLocale } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { useClock } from '../state/clock.ts';
import { addSteps, dayMs, rangeOf, type Domain } from '../state/time.ts';

type Span = [start: number, end: number];

interface Props {
  which: 'from' | 'to';
  span: Span;
  domain: Domain;
  /** Pixels from the left of the plot. */
  at: number;
  label: string;
  timeAt(px: number): number;
  move(span: Span, done: boolean): void;
}

export function TimeHandle({ which, span, domain, at, label, timeAt, move }: Props) {
  const words = useWords();
  const { direction } = useLocale();
  const step = useClock((c) => c.step);
  const dragging = useRef(false);
  const [start, end] = span;
  const set = (t: number, done: boolean) => {
    const kept = Math.min(Math.max(t, domain[0]), domain[1]);
    move(which === 'from' ? [Math.min(kept, end - dayMs), end] : [start, Math.max(kept, start + dayMs)], done);
  };
  const placeOf = (e: PointerEvent<HTMLElement>) => timeAt(e.clientX - (e.currentTarget.parentElement?.getBoundingClientRect().left ?? 0));
  const pressed = (e: KeyboardEvent) => {
    const later = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const by = { [later]: 1, [later === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft']: -1, ArrowUp: 1, ArrowDown: -1 }[e.key];
    const now = which === 'from' ? start : end;
    const next = by !== undefined ? addSteps(now, e.shiftKey ? 'day' : step, by) : { PageUp: addSteps(now, 'year', 1), PageDown: addSteps(now, 'year', -1), Home: domain[0], End: domain[1] }[e.key];
    if (next === undefined) return;
    e.preventDefault();
    set(next, true);
  };
  const day = rangeOf(span)[which];
  return (
    <div
      className="time-handle" role="slider" tabIndex={0} aria-label={label} data-which={which} style={{ left: at }}
      aria-valuemin={Math.floor(domain[0] / dayMs)} aria-valuemax={Math.floor(domain[1] / dayMs)} aria-valuenow={Math.floor((which === 'from' ? start : end - 1) / dayMs)} aria-valuetext={words.day(day)}
      onKeyDown={pressed}
      onPointerDown={(e) => { dragging.current = true; e.currentTarget.setPointerCapture(e.pointerId); }}
      onPointerMove={(e) => dragging.current && set(placeOf(e), false)}
      onPointerUp={(e) => { if (dragging.current) set(placeOf(e), true); dragging.current = false; }}
      onPointerCancel={() => (dragging.current = false)}
    ><i /></div>
  );
}
