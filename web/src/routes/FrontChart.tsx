// Time against risk: the exact front as steps, its ways as lettered points or rings, beaten ways as grey dots. A point chooses its way.
import { frontIn } from '../api/ways.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { roundTicks } from '../charts/scale.ts';
import { StepChart } from '../charts/StepChart.tsx';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { useAnswers, useWays } from './answers.ts';
import { hourTicks, timeRoom } from './figures.ts';
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

function Front({ ways, kind }: { ways: Way[]; kind: RiskKind }) {
  const words = useWords();
  const { say, count, duration } = words;
  const { chosen } = useWays();
  const chooseWay = useView((v) => v.chooseWay);
  const risk = (way: Way) => riskOf(way, kind) ?? 0;
  const ticks = roundTicks(Math.max(...ways.map(risk)), 4, false);
  const range = timeRoom(ways.map((w) => w.minutes));
  const points = ways.map((way) => ({
    id: way.id, x: way.minutes, y: risk(way), letter: way.letter, beaten: way.front === undefined, data: { 'data-way': way.id },
    label: `${way.id}: ${titleOf(words, way, ways)}, ${duration(way.minutes)}, ${riskText(words, way, kind)}`, title: `${duration(way.minutes)} · ${riskText(words, way, kind)}`,
  }));
  return (
    <StepChart
      label={say('routes.front')} testId="front" points={points} front={ways.filter((w) => w.front !== undefined).map((w) => [w.minutes, risk(w)])}
      x={{ range, ticks: hourTicks(...range).map((at) => ({ at, text: say('unit.h', { n: count(at / 60, 1) }) })) }}
      y={{ range: [0, ticks.at(-1) ?? 1], ticks: ticks.map((at) => ({ at, text: count(at, 2) })) }}
      chosen={chosen?.id} choose={(id) => chooseWay(id === ways[0]?.id ? undefined : id)}
    />
  );
}
