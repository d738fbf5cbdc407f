// Time against risk: the exact front as steps, its ways as lettered points or rings, beaten ways as grey dots. A point chooses its way.
import { useRef, type KeyboardEvent } from 'react';
import { useLocale } from 'react-aria-components';
import { frontIn } from '../api/ways.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { linear, roundTicks } from '../charts/scale.ts';
import { useWidth } from '../charts/size.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { useAnswers, useWays } from './answers.ts';
import { frontSteps, hourTicks, timeRoom } from './figures.ts';
import { riskKind, riskOf, type RiskKind, type Way } from './ways.ts';
import { riskText, titleOf } from './WayList.tsx';

export function FrontChart() {
  const words = useWords();
  const { say, km, duration } = words;
  const { ways } = useWays();
  const answer = useAnswers((a) => a.front.answer);
  const kind = riskKind(ways);
  if (kind === 'unknown') return null;
  const front = answer && frontIn(answer);
  const best = ways.filter((w) => w.front !== undefined).length;
  const proof = !front ? '' : front.complete ? say('routes.frontProved', { n: best }) : say('routes.frontOpen', { time: duration(front.proved_min ?? 0) });
  const unit = say(kind === 'chance' ? 'routes.frontChance' : 'routes.frontRelative');
  const twin = { head: [say('routes.way'), say('routes.time'), say('routes.length'), say(kind === 'chance' ? 'routes.in100Head' : 'routes.relative')], rows: ways.map((w) => [`${w.id} · ${titleOf(words, w, ways)}`, duration(w.minutes), km(w.km * 1000), riskText(words, w, kind)]) };
  const figures = ways.map((w) => ({ way: w.id, minutes: w.minutes, km: w.km, risk: w.risk, chance: w.chance, front: w.front, by: w.by }));
  return (
    <ChartFrame id="front" title={say('routes.front')} note={[unit, proof, ways.length > best ? say('routes.beaten', { n: ways.length - best }) : ''].filter(Boolean).join(' ')} twin={twin} figures={figures}>
      <Front ways={ways} kind={kind} />
    </ChartFrame>
  );
}

const [height, start, top, foot] = [196, 40, 12, 24];

function Front({ ways, kind }: { ways: Way[]; kind: RiskKind }) {
  const words = useWords();
  const { count } = words;
  const rtl = useLocale().direction === 'rtl';
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const risks = ways.map((w) => riskOf(w, kind) ?? 0);
  const ticks = roundTicks(Math.max(...risks), 4, false);
  const [from, to] = timeRoom(ways.map((w) => w.minutes));
  const x = linear([from, to], rtl ? [width - start, 12] : [start, width - 12]);
  const y = linear([0, ticks.at(-1) ?? 1], [height - foot, top]);
  const steps = frontSteps(ways, kind).map(([minutes, risk]) => `${x(minutes)},${y(risk)}`).join(' ');
  const end = rtl ? width - start : start;
  return (
    <div ref={box} className="chart-box front-box" data-testid="front">
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          {ticks.map((t) => (
            <g key={t}>
              <line className="grid-line" x1={12} x2={width - 12} y1={y(t)} y2={y(t)} />
              <text className="axis-text" x={rtl ? width - 4 : start - 8} y={y(t) + 4} textAnchor="end" direction="ltr">{count(t, 2)}</text>
            </g>
          ))}
          {hourTicks(from, to).map((t) => <text key={t} className="axis-text" x={x(t)} y={height - 6} textAnchor="middle">{words.say('unit.h', { n: count(t / 60, 1) })}</text>)}
          <line className="base-line" x1={end} x2={rtl ? 12 : width - 12} y1={y(0)} y2={y(0)} />
          <polyline className="front-line" points={steps} />
        </svg>
      )}
      {width > 0 && <Points ways={ways} kind={kind} x={x} y={y} />}
    </div>
  );
}

type Scale = (value: number) => number;

function Points({ ways, kind, x, y }: { ways: Way[]; kind: RiskKind; x: Scale; y: Scale }) {
  const words = useWords();
  const { chosen } = useWays();
  const chooseWay = useView((v) => v.chooseWay);
  const box = useRef<HTMLDivElement>(null);
  const choose = (way: Way) => chooseWay(way === ways[0] ? undefined : way.id);
  const key = (e: KeyboardEvent, i: number) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const next = by === undefined ? undefined : ways[i + by];
    if (!next) return;
    e.preventDefault();
    choose(next);
    box.current?.querySelector<HTMLElement>(`[data-way="${next.id}"]`)?.focus();
  };
  // Lettered ones above the others, whatever their order.
  return (
    <div ref={box} role="group" aria-label={words.say('routes.front')}>
      {ways.map((way, i) => (
        <button
          key={way.id} type="button" className="front-point" data-way={way.id} data-letter={way.letter ?? 'other'} data-beaten={way.front === undefined || undefined}
          style={{ left: x(way.minutes), top: y(riskOf(way, kind) ?? 0) }} aria-pressed={way.id === chosen?.id} tabIndex={way.id === chosen?.id ? 0 : -1}
          aria-label={`${way.id}: ${titleOf(words, way, ways)}, ${words.duration(way.minutes)}, ${riskText(words, way, kind)}`} title={`${words.duration(way.minutes)} · ${riskText(words, way, kind)}`}
          onClick={() => choose(way)} onKeyDown={(e) => key(e, i)}
        >
          <i>{way.letter ?? ''}</i>
        </button>
      ))}
    </div>
  );
}
