// The ways in words: which is fastest, how long, how far, at what risk. What is chosen here is chosen on the map and in the chart.
import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { useWords, type Words } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { useAnswers, useWays } from './answers.ts';
import { riskKind, riskOf, type RiskKind, type Way } from './ways.ts';

/** "Fastest", "Least risk", or the roads that it takes. */
export function titleOf({ say }: Words, way: Way, ways: Way[]): string {
  const best = ways.filter((w) => w.front !== undefined);
  if (best.length === 1 && best[0] === way) return say('routes.fastestAndLeast');
  if (way === ways[0]) return say('routes.fastest');
  if (best.length > 1 && best.at(-1) === way) return say('routes.leastRisk');
  return way.letter ? say(way.front === undefined ? 'routes.alternative' : 'routes.between') : say('routes.other', { n: Number(way.id) });
}

/** "64 in 100", or how the risk compares. */
export function riskText({ say, count }: Words, way: Pick<Way, 'risk' | 'chance'>, kind: RiskKind): string {
  const value = riskOf(way, kind);
  if (value === undefined) return say('routes.noRisk');
  return kind === 'chance' ? say('routes.in100', { n: count(value, value < 10 ? 1 : 0) }) : count(value, 2);
}

export function WayList() {
  const words = useWords();
  const { say, count } = words;
  const { ways, chosen, stale } = useWays();
  const chooseWay = useView((v) => v.chooseWay);
  const front = useAnswers((a) => a.front.answer);
  const [all, setAll] = useState(false);
  if (!ways.length) return null;
  const kind = riskKind(ways);
  const shown = all ? ways : ways.filter((w) => w.letter !== undefined || w === chosen);
  const rest = ways.length - shown.length;
  const used = front?.envelope?.rows_used;
  return (
    <section className="way-list" data-stale={stale} aria-busy={stale} aria-label={say('routes.ways')} data-testid="ways">
      <RadioGroup aria-label={say('routes.ways')} value={chosen?.id ?? null} onChange={(id) => chooseWay(id === ways[0]?.id ? undefined : id)}>
        {shown.map((way) => <WayRow key={way.id} way={way} ways={ways} kind={kind} />)}
      </RadioGroup>
      {(rest > 0 || all) && <Button look="link" onPress={() => setAll(!all)}>{all ? say('routes.onlyLettered') : say('routes.others', { n: rest })}</Button>}
      <p className="note">{say(kind === 'chance' ? 'routes.chanceNote' : kind === 'relative' ? 'routes.relativeNote' : 'routes.unknownNote')}{used !== undefined && ` ${say('routes.used', { n: count(used) })}`}</p>
    </section>
  );
}

function WayRow({ way, ways, kind }: { way: Way; ways: Way[]; kind: RiskKind }) {
  const words = useWords();
  const { say, km, duration, count } = words;
  return (
    <Radio value={way.id} className="way" data-way={way.id} data-minutes={way.minutes} data-km={way.km}>
      <span className="way-head">
        <i className="way-badge" data-letter={way.letter ?? 'other'} aria-hidden="true">{way.letter ?? way.id}</i>
        <i className="way-line" data-letter={way.letter ?? 'other'} aria-hidden="true" />
        <b>{titleOf(words, way, ways)}</b>
        <span className="way-km">{km(way.km * 1000)}</span>
      </span>
      <span className="way-facts">
        <span><b>{duration(way.minutes)}</b><small>{say('routes.onTheRoad')}</small></span>
        <span>
          <b>{riskText(words, way, kind)}</b>
          <small>{say(kind === 'chance' ? 'routes.meet' : 'routes.relative')}</small>
          {kind === 'chance' && way.risk !== undefined && <small>{say('routes.expected', { n: count(way.risk, 2) })}</small>}
        </span>
      </span>
      {way.by && <small className="way-by" dir="auto">{say('routes.by', { roads: way.by })}</small>}
    </Radio>
  );
}
