// What one aim costs another: the front as a chart to click through, its points in a table, and the point that is looked at.
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { execute, type Outcome, type Question } from '../api/execution.ts';
import { choiceIn, frontOf, type Figures, type Front, type FrontPoint } from '../api/siting.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { roundTicks } from '../charts/scale.ts';
import { StepChart, type StepPoint } from '../charts/StepChart.tsx';
import { useWords, type Words } from '../i18n/words.ts';
import { Method } from '../panels/Method.tsx';
import { stationsIn } from '../api/footprints.ts';
import { useAnswers, useChanges, useScenarioText } from '../planning/answers.ts';
import { openScenario } from '../planning/store.ts';
import { aims as allAims, type Aim, type Siting } from '../state/siting.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { wayText } from './ChoiceAnswer.tsx';
import { figuresQuestion } from './question.ts';
import { useFound } from './store.ts';
import { alike, roomOf, sureOf, unbeaten, valueOf, weightOf } from './trade.ts';

export function TradeAnswer({ siting, outcome, stale }: { siting: Siting; outcome: Outcome; stale: boolean }) {
  const words = useWords();
  const { say } = words;
  const front = frontOf(outcome);
  const aims = aimsOf(outcome, siting);
  const [axes, setAxes] = useState<[Aim, Aim]>();
  const [x, y] = axes && axes.every((a) => aims.includes(a)) ? axes : [aims[0] ?? 'price', aims[1] ?? 'travel'];
  const drawn = useDrawn(front, outcome);
  const gaps = front.points.filter((p) => sureOf(p) !== 'proved').length;
  const proof = say(front.complete ? 'siting.frontProved' : 'siting.frontOpen', { n: front.points.length });
  const note = [say('siting.frontAxes', { y: aimText(words, outcome, y), x: aimText(words, outcome, x).replace(/^./u, (c) => c.toLocaleLowerCase(words.language)) }), proof, gaps ? say('siting.frontGaps', { n: gaps }) : ''].filter(Boolean).join(' ');
  const twin = { head: [say('siting.point'), ...aims.map((a) => aimText(words, outcome, a)), say('siting.sure')], rows: front.points.map((p) => [String(p.point), ...aims.map((a) => figure(words, outcome, a, p)), sureText(words, p)]) };
  const figures = front.points.map(({ point, number, price, mean, travel, cover, threat, medical, gap, open, close }) => ({ point, number, price, mean, travel, cover, threat, medical, gap, open, close }));
  const axis = (label: string, value: Aim, put: (a: Aim) => void, other: Aim) => <Choice label={label} value={value} options={aims.filter((a) => a !== other).map((id) => ({ id, label: say(`siting.aim.${id}`) }))} onChange={(a) => put(a as Aim)} />;
  return (
    <section className="siting-answer" data-stale={stale || undefined} data-testid="trade" data-complete={front.complete} data-points={front.points.length} aria-label={say('siting.trade')}>
      {stale && <p className="note" role="status">{say('siting.stale')}</p>}
      {aims.length > 2 && <div className="two">{axis(say('siting.across'), x, (a) => setAxes([a, y]), y)}{axis(say('siting.up'), y, (a) => setAxes([x, a]), x)}</div>}
      <ChartFrame id="trade" title={say('siting.tradeOf', { y: say(`siting.aim.${y}`).toLocaleLowerCase(words.language), x: say(`siting.aim.${x}`) })} note={note} twin={twin} figures={figures}>
        <Chart front={front} drawn={drawn} x={x} y={y} words={words} outcome={outcome} />
      </ChartFrame>
      {drawn.problem !== undefined && <p className="note" role="status" dir="auto">{say('siting.notPlaced', { why: drawn.problem })}</p>}
      <Looked front={front} drawn={drawn} aims={aims} words={words} outcome={outcome} />
      {outcome.envelope && <Method envelope={outcome.envelope} />}
    </section>
  );
}

/** The aims that were asked for, as the answer says. */
const aimsOf = ({ envelope }: Outcome, { aims }: Siting): Aim[] => {
  const asked = envelope?.parameters.measures;
  return Array.isArray(asked) ? asked.flatMap((m) => allAims.find((a) => a === m) ?? []) : aims;
};

const byMinutes = ({ envelope }: Outcome) => envelope?.parameters.by === 'road' || envelope?.parameters.by === 'air';

const aimText = ({ say }: Words, outcome: Outcome, aim: Aim): string => (aim === 'travel' ? say(byMinutes(outcome) ? 'siting.axis.minutes' : 'siting.axis.km') : say(`siting.axis.${aim}`));

function figure(words: Words, outcome: Outcome, aim: Aim, figures: Figures): string {
  if (aim === 'travel') return wayText(words, outcome, figures.mean);
  return words.count(valueOf(aim, figures), aim === 'price' ? 1 : 0);
}

function sureText({ say, count }: Words, p: FrontPoint): string {
  const sure = sureOf(p);
  return sure === 'gap' ? say('siting.upTo', { percent: count(100 * (p.gap ?? 0), 1) }) : say(`siting.sure.${sure}`);
}

interface Drawn {
  /** The point of the front that the scenario is. */
  same?: FrontPoint;
  /** Its figures where it is none of them; absent: not known. */
  scenario?: Figures;
  /** Why these could not be had. */
  problem?: string;
}

/** The scenario that is drawn up, beside the front: what the same aims come to in its own world, where bases stand that it moves or opens. */
function useDrawn(front: Front, outcome: Outcome): Drawn {
  const changes = useChanges();
  const scenario = useScenarioText();
  const { answer, stale } = useAnswers((a) => a.option);
  const same = changes?.length ? front.points.find((p) => alike(p.changes, changes)) : undefined;
  const bases = scenario && !same && answer && !stale ? stationsIn(answer).map((b) => b.key) : undefined;
  const question: Question | undefined = bases?.length ? figuresQuestion(outcome.envelope?.parameters ?? {}, bases) : undefined;
  const { data, error } = useQuery({ queryKey: ['siting-figures', question, scenario], enabled: question !== undefined, retry: false, queryFn: ({ signal }) => execute('siting', question ?? {}, () => undefined, signal, scenario) });
  const weight = front.now && weightOf(front.now);
  if (error) return { same, problem: error.message };
  if (!question || !data || weight === undefined) return { same };
  const { sites, mean, covered, price, exposure } = choiceIn(data).answer;
  return { same, ...(mean !== undefined && { scenario: { number: sites, mean, travel: mean * weight, cover: Math.max(0, weight - covered), price, threat: exposure, medical: undefined } }) };
}

const [nowId, scenarioId] = ['now', 'scenario'];

interface ChartProps {
  front: Front;
  drawn: Drawn;
  x: Aim;
  y: Aim;
  words: Words;
  outcome: Outcome;
}

function Chart({ front, drawn, x, y, words, outcome }: ChartProps) {
  const { say, count } = words;
  const { point, set } = useFound();
  const at = (f: Figures): [number, number] => [valueOf(x, f), valueOf(y, f)];
  const line = unbeaten(front.points.map(at));
  const isBeaten = (f: Figures) => !line.some(([a, b]) => a === valueOf(x, f) && b === valueOf(y, f));
  const about = (f: Figures) => `${figure(words, outcome, x, f)} · ${figure(words, outcome, y, f)}`;
  const shown: StepPoint[] = front.points.map((p) => ({
    id: String(p.point), x: valueOf(x, p), y: valueOf(y, p), beaten: isBeaten(p), letter: p === drawn.same ? 'A' : undefined,
    label: say('siting.pointOf', { n: p.point, figures: about(p), sure: sureText(words, p) }), title: about(p),
    data: { 'data-point': String(p.point), 'data-sure': sureOf(p) },
  }));
  const extra = (id: string, name: string, f: Figures | undefined, letter?: string): StepPoint[] =>
    f && at(f).every(Number.isFinite) ? [{ id, x: valueOf(x, f), y: valueOf(y, f), letter, beaten: letter !== undefined, label: `${name}: ${about(f)}`, title: `${name} · ${about(f)}`, data: { 'data-extra': id } }] : [];
  const points = [...shown, ...extra(nowId, say('plan.baseLine'), front.now), ...extra(scenarioId, say('plan.scenario'), drawn.scenario, 'A')].sort((a, b) => a.x - b.x || b.y - a.y);
  const [across, up] = [roomOf(points.map((p) => p.x)), roomOf(points.map((p) => p.y))];
  const ticks = ([from, to]: [number, number]) => roundTicks(to - from, 4, false).map((t) => t + nice(from, to)).filter((t) => t >= from && t <= to).map((t) => ({ at: t, text: count(t, 1) }));
  const chosen = point === undefined ? (drawn.same && String(drawn.same.point)) : String(point);
  return (
    <StepChart
      label={say('siting.trade')} testId="trade-chart" points={points} front={line} x={{ range: across, ticks: ticks(across) }} y={{ range: up, ticks: ticks(up) }}
      chosen={chosen} choose={(id) => set({ point: id === nowId || id === scenarioId ? undefined : Number(id) })}
    />
  );
}

/** The first round value from which the steps of an axis count. */
function nice(from: number, to: number): number {
  const step = roundTicks(to - from, 4, false)[1] ?? 1;
  return Math.ceil(from / step - 1e-9) * step;
}

/** The point that is looked at: its figures, which bases close, how sure it is; and the way to have it as a scenario. */
function Looked({ front, drawn, aims, words, outcome }: { front: Front; drawn: Drawn; aims: Aim[]; words: Words; outcome: Outcome }) {
  const { say } = words;
  const number = useFound((f) => f.point);
  const point = number === undefined ? drawn.same : front.points.find((p) => p.point === number);
  if (!point) return <p className="note">{say('siting.choosePoint')}</p>;
  const sure = sureOf(point);
  return (
    <section className="siting-point" data-testid="trade-point" data-point={point.point} aria-live="polite">
      <div className="section-head">
        <h4>{say('siting.pointTitle', { n: point.point, bases: point.number })}</h4>
        <Button look="primary" icon="plan" isDisabled={point === drawn.same} onPress={() => openScenario({ changes: point.changes, title: say('siting.name.front', { n: point.number }) })}>{say('siting.open')}</Button>
      </div>
      <p data-sure={sure}>{sure === 'gap' ? say('siting.pointGap', { percent: words.count(100 * (point.gap ?? 0), 1) }) : say(sure === 'proved' ? 'siting.pointProved' : 'siting.pointUnknown')}</p>
      <dl className="facts">
        {aims.map((a) => <div key={a}><dt>{aimText(words, outcome, a)}</dt><dd>{figure(words, outcome, a, point)}</dd></div>)}
        <div><dt>{say('siting.closing')}</dt><dd><bdi>{point.close || say('plan.none')}</bdi></dd></div>
      </dl>
    </section>
  );
}
