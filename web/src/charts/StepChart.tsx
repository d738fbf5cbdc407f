// Two aims against each other: the front as steps, its points to click and to walk by the arrow keys, beaten ones grey.
import { useRef, type KeyboardEvent } from 'react';
import { useLocale } from 'react-aria-components';
import { linear, type Scale } from './scale.ts';
import { useWidth } from './size.ts';

export interface StepPoint {
  id: string;
  x: number;
  y: number;
  /** What it is, in words. */
  label: string;
  title: string;
  letter?: string;
  /** Another is better in one aim and as good in the other. */
  beaten?: boolean;
  /** What it is marked with, for its looks and for tests. */
  data?: Record<`data-${string}`, string | undefined>;
}

interface Axis {
  range: [from: number, to: number];
  ticks: { at: number; text: string }[];
}

interface Props {
  label: string;
  points: StepPoint[];
  /** Corners of the front, in order of x. */
  front: [x: number, y: number][];
  x: Axis;
  y: Axis;
  chosen?: string;
  choose(id: string): void;
  testId: string;
}

const [height, start, top, foot] = [196, 40, 12, 24];

/** From each corner on y is the least that can be had, until the next one's. */
export function stepsOf(front: [number, number][]): [number, number][] {
  return front.flatMap(([x, y], i): [number, number][] => {
    const before = front[i - 1];
    return before ? [[x, before[1]], [x, y]] : [[x, y]];
  });
}

export function StepChart({ label, points, front, x: across, y: up, chosen, choose, testId }: Props) {
  const rtl = useLocale().direction === 'rtl';
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const x = linear(across.range, rtl ? [width - start, 12] : [start, width - 12]);
  const y = linear(up.range, [height - foot, top]);
  const end = rtl ? width - start : start;
  return (
    <div ref={box} className="chart-box front-box" data-testid={testId}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          {up.ticks.map((t) => (
            <g key={t.at}>
              <line className="grid-line" x1={12} x2={width - 12} y1={y(t.at)} y2={y(t.at)} />
              <text className="axis-text" x={rtl ? width - 4 : start - 8} y={y(t.at) + 4} textAnchor="end" direction="ltr">{t.text}</text>
            </g>
          ))}
          {across.ticks.map((t) => <text key={t.at} className="axis-text" x={x(t.at)} y={height - 6} textAnchor="middle">{t.text}</text>)}
          <line className="base-line" x1={end} x2={rtl ? 12 : width - 12} y1={height - foot} y2={height - foot} />
          <polyline className="front-line" points={stepsOf(front).map(([a, b]) => `${x(a)},${y(b)}`).join(' ')} />
        </svg>
      )}
      {width > 0 && <Points label={label} points={points} chosen={chosen} choose={choose} x={x} y={y} />}
    </div>
  );
}

const byKey: Record<string, number | undefined> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function Points({ label, points, chosen, choose, x, y }: Pick<Props, 'label' | 'points' | 'chosen' | 'choose'> & { x: Scale; y: Scale }) {
  const box = useRef<HTMLDivElement>(null);
  const key = (e: KeyboardEvent, i: number) => {
    const by = byKey[e.key];
    const next = by === undefined ? undefined : points[i + by];
    if (!next) return;
    e.preventDefault();
    choose(next.id);
    box.current?.querySelectorAll<HTMLElement>('.front-point')[points.indexOf(next)]?.focus();
  };
  // Lettered ones above the others, whatever their order.
  return (
    <div ref={box} role="group" aria-label={label}>
      {points.map((p, i) => (
        <button
          key={p.id} type="button" className="front-point" {...p.data} data-letter={p.letter ?? 'other'} data-beaten={p.beaten || undefined}
          style={{ left: x(p.x), top: y(p.y) }} aria-pressed={p.id === chosen} tabIndex={p.id === chosen || (chosen === undefined && i === 0) ? 0 : -1}
          aria-label={p.label} title={p.title} onClick={() => choose(p.id)} onKeyDown={(e) => key(e, i)}
        >
          <i>{p.letter ?? ''}</i>
        </button>
      ))}
    </div>
  );
}
