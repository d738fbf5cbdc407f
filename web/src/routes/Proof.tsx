// What is told of the chosen way: time against risk, incidents along it, where help is farthest, its legs, and its files.
import type { Outcome } from '../api/execution.ts';
import { accessIn, alongIn, gpxIn, weakestIn } from '../api/ways.ts';
import { useProcess } from '../api/queries.ts';
import { gpxOf } from '../convoy/gpx.ts';
import { openConvoy } from '../convoy/open.ts';
import { useTranslated } from '../i18n/help.ts';
import { useWords } from '../i18n/words.ts';
import { Method } from '../panels/Method.tsx';
import { geojsonOf, partsOf, resultSchema, type Table } from '../panels/result.ts';
import { ResultTable } from '../panels/ResultView.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { AlongChart } from './AlongChart.tsx';
import { useTold, useWays } from './answers.ts';
import { FrontChart } from './FrontChart.tsx';
import { alongFirst } from './figures.ts';
import type { Way } from './ways.ts';
import { Trouble } from './Trouble.tsx';
import { titleOf } from './WayList.tsx';

export function Proof() {
  const words = useWords();
  const { ways, chosen, stale } = useWays();
  const told = useTold();
  if (!chosen) return null;
  const title = words.say('routes.chosen', { way: chosen.id, name: titleOf(words, chosen, ways), km: words.km(chosen.km * 1000) });
  return (
    <section className="proof charts" data-stale={stale || undefined} aria-label={title}>
      <FrontChart />
      <header className="proof-head">
        <h3>{title}</h3>
        {told.outcome && !told.stale && <Files outcome={told.outcome} way={chosen} />}
      </header>
      <Trouble of={['detail', 'along']} />
      <AlongChart way={chosen} told={told.outcome} />
      <div data-stale={told.stale || undefined} className="proof-told" aria-busy={told.stale}>
        {told.outcome && <Told outcome={told.outcome} />}
      </div>
    </section>
  );
}

/** The way as it came, and its marking with it; it is the first of the answer that tells of it. */
function Files({ outcome, way }: { outcome: Outcome; way: Way }) {
  const { say } = useWords();
  const { line, ...facts } = way;
  const marking = outcome.marking && outcome.marking !== 'unclassified' ? `-${outcome.marking}` : '';
  const name = `route-${way.id}${marking}`;
  const { id, letter: _letter, alternative: _alternative, front: _front, way: _way, ...properties } = facts;
  const feature: GeoJSON.Feature = { type: 'Feature', id, properties, geometry: line };
  return (
    <div className="tool-row" data-testid="way-files">
      <Button look="quiet" icon="print" onPress={() => openConvoy(outcome, 1, way.letter ?? way.id)}>{say('convoy.kind')}</Button>
      <Button look="quiet" icon="download" onPress={() => saveFile(`${name}.gpx`, 'application/gpx+xml', gpxOf(gpxIn(outcome), 1))}>GPX</Button>
      <Button look="quiet" icon="download" onPress={() => saveFile(`${name}.geojson`, 'application/geo+json', geojsonOf({ features: [feature] }, outcome))}>GeoJSON</Button>
    </div>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  return (
    <>
      <Help outcome={outcome} />
      <Incidents outcome={outcome} />
      <OffRoad outcome={outcome} />
      <Legs outcome={outcome} />
      {outcome.envelope && <Method envelope={outcome.envelope} />}
    </>
  );
}

/** The weakest point: where help is longest in coming. */
function Help({ outcome }: { outcome: Outcome }) {
  const { say, km, duration, code } = useWords();
  const weakest = weakestIn(outcome).filter((w) => w.way === 1);
  if (!weakest.length) return null;
  return (
    <div className="notice warn" data-testid="weakest">
      <Icon name="warning" />
      <ul>{weakest.map((w) => <li key={w.help} data-help={w.help} data-minutes={w.minutes}><b>{say('routes.weakest', { help: code('help', w.help), km: km(w.at_km * 1000) })}</b> {w.minutes === undefined ? say('routes.weakNone', { help: code('help', w.help).toLowerCase() }) : say('routes.weakestFrom', { time: duration(w.minutes), base: w.from })}</li>)}</ul>
    </div>
  );
}

function Incidents({ outcome }: { outcome: Outcome }) {
  const { say, count, code, km, list } = useWords();
  const { all, by } = alongFirst(alongIn(outcome));
  const radius = Number(outcome.envelope?.parameters.radius_m);
  const parts = by.map(({ outcome: name, records }) => say('routes.nOf', { n: count(records), name: name ? code('outcome', name).toLowerCase() : say('routes.noOutcome') }));
  return <p data-testid="along" data-records={all}>{all ? say('routes.along', { n: count(all), km: km(radius), parts: list(parts) }) : say('routes.alongNone', { km: km(radius) })}</p>;
}

/** How far the places lie from the road: no time holds that. */
function OffRoad({ outcome }: { outcome: Outcome }) {
  const { say, length } = useWords();
  const far = accessIn(outcome).filter((a) => a.distance_m >= 1);
  return far.length ? <p className="note">{say('routes.access', { list: far.map((a) => length(a.distance_m)).join(' · ') })}</p> : null;
}

const hidden = new Set(['way', 'begins', 'ends']);

function Legs({ outcome }: { outcome: Outcome }) {
  const process = useTranslated(useProcess('route').data);
  if (!process) return null;
  const found = partsOf(outcome.result, resultSchema(process)).find((p): p is Table => p.kind === 'table' && p.id === 'legs');
  if (!found) return null;
  const rows = found.rows.filter((r) => r.way === 1);
  const dated = rows.some((r) => r.begins);
  const part = { ...found, rows, columns: found.columns.filter((c) => !hidden.has(c.name) || (dated && c.name !== 'way')) };
  return <div className="answer"><ResultTable part={part} file="route-legs" /></div>;
}
