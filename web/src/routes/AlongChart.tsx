// Incidents along the chosen way, stretch by stretch, with the places from which help is farthest.
import { useRef, useState } from 'react';
import { useLocale } from 'react-aria-components';
import type { Outcome } from '../api/execution.ts';
import { stretchesIn, weakestIn, type Stretch, type Weakest } from '../api/ways.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { linear, roundTicks } from '../charts/scale.ts';
import { useWidth } from '../charts/size.ts';
import { useWords } from '../i18n/words.ts';
import { stretchOf, useAnswers } from './answers.ts';
import { stretchAt } from './figures.ts';
import type { Way } from './ways.ts';

const none: Stretch[] = [];

export function AlongChart({ way, told }: { way: Way; told: Outcome | undefined }) {
  const { say, km, count, unit } = useWords();
  const { answer } = useAnswers((a) => a.along);
  const stretches = answer ? stretchesIn(answer) : none;
  if (!stretches.length) return null;
  const weakest = told ? weakestIn(told).filter((w) => w.way === 1) : [];
  const n = stretches.reduce((sum, s) => sum + s.records, 0);
  const twin = { head: [say('routes.stretch'), say('routes.incidents')], rows: stretches.map((s) => [`${count(s.from_km)}–${count(s.to_km)} ${unit('km')}`, count(s.records)]) };
  return (
    <ChartFrame id="along" title={say('routes.alongTitle', { way: way.id, n: count(n) })} note={say('routes.alongNote', { km: km(stretchOf(way.km) * 1000) })} twin={twin} figures={stretches.map((s) => ({ from_km: s.from_km, to_km: s.to_km, records: s.records }))}>
      <Bars stretches={stretches} weakest={weakest} />
    </ChartFrame>
  );
}

const [height, start, top, foot] = [112, 28, 8, 20];

function Bars({ stretches, weakest }: { stretches: Stretch[]; weakest: Weakest[] }) {
  const { say, count, code } = useWords();
  const rtl = useLocale().direction === 'rtl';
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [over, setOver] = useState<Stretch>();
  const length = stretches.at(-1)?.to_km ?? 1;
  const ticks = roundTicks(Math.max(...stretches.map((s) => s.records)), 2);
  const x = linear([0, length], rtl ? [width - start, 8] : [start, width - 8]);
  const y = linear([0, ticks.at(-1) ?? 1], [height - foot, top]);
  const marks = roundTicks(length, 4).filter((k) => k <= length);
  return (
    <div ref={box} className="chart-box" data-testid="along-chart">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={say('routes.alongNote', { km: '' })} onPointerLeave={() => setOver(undefined)}>
          {ticks.slice(1).map((t) => (
            <g key={t}>
              <line className="grid-line" x1={x(0)} x2={x(length)} y1={y(t)} y2={y(t)} />
              <text className="axis-text" x={rtl ? width - 2 : start - 6} y={y(t) + 4} textAnchor="end" direction="ltr">{count(t)}</text>
            </g>
          ))}
          {stretches.map((s) => {
            const [a, b] = [Math.min(x(s.from_km), x(s.to_km)), Math.max(x(s.from_km), x(s.to_km))];
            return <rect key={s.from_km} className="harm" data-records={s.records} x={a + 0.5} width={Math.max(1, b - a - 1)} y={y(s.records)} height={y(0) - y(s.records)} onPointerEnter={() => setOver(s)} />;
          })}
          {weakest.map((w) => <path key={w.help} className="weak-mark" data-help={w.help} d={`M${x(w.at_km)} ${top}V${y(0)}`}><title>{code('help', w.help)}</title></path>)}
          <line className="base-line" x1={x(0)} x2={x(length)} y1={y(0)} y2={y(0)} />
          {marks.map((k) => <text key={k} className="axis-text" x={x(k)} y={height - 4} textAnchor="middle">{k ? count(k) : say('routes.kmAxis')}</text>)}
        </svg>
      )}
      <p className="note" aria-hidden="true">{over ? say('routes.stretchTip', { from: count(over.from_km), to: count(over.to_km), n: count(over.records) }) : weakest.map((w) => say('routes.weakMark', { help: code('help', w.help), n: count(stretchAt(stretches, w.at_km)?.records ?? 0) })).join(' ')}</p>
    </div>
  );
}
