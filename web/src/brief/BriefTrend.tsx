// Records by period on paper: the count as a line, its interval as a band. It runs with the writing, and is readable in grey.
import { useRef } from 'react';
import { useLocale } from 'react-aria-components';
import type { Period } from '../api/indicator.ts';
import { labelWidth } from '../charts/labels.ts';
import { linear, roundTicks, timeScale, timeTicks } from '../charts/scale.ts';
import { useWidth } from '../charts/size.ts';
import { useWords } from '../i18n/words.ts';

const height = 96;
const side = 34;

export function BriefTrend({ periods }: { periods: Period[] }) {
  const words = useWords();
  const { direction } = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(0, useWidth(box) - side);
  const mirrored = direction === 'rtl';
  const domain: [number, number] = [periods[0]?.start ?? 0, periods.at(-1)?.end ?? 1];
  const upper = (p: Period) => p.figure_upper ?? p.count;
  const top = Math.max(1, ...periods.map(upper));
  const offset = mirrored ? 0 : side;
  const scale = timeScale(domain, width, mirrored);
  const x = (t: number) => offset + scale(t);
  const y = linear([0, top], [height, 4]);
  const middle = (p: Period) => x((p.start + p.end) / 2);
  const line = (points: [number, number][]) => points.map(([a, b], i) => `${i ? 'L' : 'M'}${a.toFixed(1)} ${b.toFixed(1)}`).join('');
  const values = periods.map((p): [number, number] => [middle(p), y(p.count)]);
  const band = [...periods.map((p): [number, number] => [middle(p), y(upper(p))]), ...[...periods].reverse().map((p): [number, number] => [middle(p), y(p.figure_lower ?? p.count)])];
  const { step, at } = timeTicks(domain, width, (t, of) => labelWidth(words.period(t, of)));
  return (
    <div ref={box} className="brief-chart" data-testid="brief-chart" data-periods={periods.length}>
      {width > 0 && (
        <svg width={width + side} height={height + 6} aria-hidden="true">
          {roundTicks(top, 3).filter((t) => t <= top).map((t) => <path key={t} className={t ? 'grid' : 'base-line'} d={`M${offset} ${y(t)}h${width}`} />)}
          {at.map((t) => <path key={t} className="base-line" d={`M${x(t)} ${height}v5`} />)}
          <path className="brief-band" d={`${line(band)}Z`} />
          <path className="brief-line" d={line(values)} />
          {periods.length < 25 && values.map(([a, b]) => <path key={a} className="brief-dot" d={`M${a - 2.4} ${b}a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0Z`} />)}
        </svg>
      )}
      {roundTicks(top, 3).filter((t) => t <= top).map((t) => <span key={t} className="brief-y" style={{ top: y(t) }}>{words.short(t)}</span>)}
      {at.map((t) => <span key={t} className="brief-x" style={{ left: Math.min(Math.max(x(t), 24), width + side - 24), top: height + 6 }}>{words.period(t, step)}</span>)}
    </div>
  );
}
