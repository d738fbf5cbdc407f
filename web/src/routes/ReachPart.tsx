// How far one gets by road from a place or several, in which time; what is reached is drawn with its legend here.
import { useState, type CSSProperties } from 'react';
import { originsIn, reachedIn } from '../api/ways.ts';
import { useProcess } from '../api/queries.ts';
import { useTranslated } from '../i18n/help.ts';
import { useWords } from '../i18n/words.ts';
import { Method } from '../panels/Method.tsx';
import { partsOf, resultSchema, geojsonOf, type Table } from '../panels/result.ts';
import { ResultTable } from '../panels/ResultView.tsx';
import { SchemaForm } from '../panels/SchemaForm.tsx';
import { numbersOf } from '../panels/inputs.ts';
import type { Process } from '../api/shapes.ts';
import type { Outcome } from '../api/execution.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { useAnswers } from './answers.ts';
import { Conditions } from './Conditions.tsx';
import { reachColour } from './drawn.ts';
import { Further } from './Further.tsx';
import { Trouble } from './Trouble.tsx';
import { pickStop, StopField } from './Stops.tsx';

export function ReachPart() {
  const { say } = useWords();
  const { plan, setPlan } = useView();
  const { origins } = plan;
  const [adding, setAdding] = useState(false);
  const process = useProcess('isochrone').data;
  const { answer, stale } = useAnswers((a) => a.reach);
  const set = (i: number, stop: (typeof origins)[number] | undefined) => setPlan({ origins: stop ? origins.map((o, at) => (at === i ? stop : o)) : origins.filter((_, at) => at !== i) });
  const add = (stop: (typeof origins)[number]) => {
    setAdding(false);
    setPlan({ origins: [...useView.getState().plan.origins, stop] });
  };
  return (
    <>
      <div className="stops" role="group" aria-label={say('routes.origins')}>
        {origins.map((stop, i) => <StopField key={i} label={say('routes.origin', { n: i + 1 })} mark="via" stop={stop} onStop={(s) => set(i, s)} />)}
        {(adding || !origins.length) && <StopField label={say('routes.origin', { n: origins.length + 1 })} mark="from" onStop={(stop) => (stop ? add(stop) : setAdding(false))} />}
        <div className="tool-row"><Button icon="plus" onPress={() => { setAdding(true); pickStop(add); }}>{say('routes.addOrigin')}</Button></div>
      </div>
      {!origins.length && <p className="note">{say('routes.needOrigin')}</p>}
      {process && <ReachForm process={process} />}
      <Conditions />
      {process && <Further process={process} />}
      <Trouble of={['reach']} />
      {origins.length > 0 && answer && process && <ReachAnswer outcome={answer} process={process} stale={stale} />}
    </>
  );
}

/** The minutes, the direction and the way on foot, as the process describes them. */
function ReachForm({ process }: { process: Process }) {
  const { plan, setPlan } = useView();
  const inputs = Object.fromEntries(Object.entries(process.inputs).filter(([name]) => name === 'minutes' || name === 'towards' || name === 'walk_kmh'));
  const [text, setText] = useState<string>();
  const change = (name: string, value: unknown) => {
    if (name === 'towards') return setPlan({ towards: value === true || undefined });
    if (name === 'walk_kmh') return setPlan({ walkKmh: typeof value === 'number' && value > 0 ? value : undefined });
    setText(String(value));
    const minutes = numbersOf(String(value));
    if (minutes) setPlan({ minutes: minutes.length ? minutes : undefined });
  };
  const { say } = useWords();
  const bad = text !== undefined && !numbersOf(text) ? { minutes: say('form.noNumbers') } : undefined;
  return <form onSubmit={(e) => e.preventDefault()}><SchemaForm inputs={inputs} values={{ minutes: text ?? plan.minutes, towards: plan.towards, walk_kmh: plan.walkKmh }} onChange={change} problems={bad} help /></form>;
}

function ReachAnswer({ outcome, process, stale }: { outcome: Outcome; process: Process; stale: boolean }) {
  const { say, duration, count, area } = useWords();
  const areas = [...reachedIn(outcome)].reverse();
  const problems = originsIn(outcome).flatMap((o) => (o.problem ? [`${o.name}: ${o.problem}`] : []));
  const times = partsOf(outcome.result, resultSchema(useTranslated(process))).find((p): p is Table => p.kind === 'table' && p.id === 'times');
  const save = () => saveFile('isochrone.geojson', 'application/geo+json', geojsonOf({ features: reachedIn(outcome).map(({ shape, ...properties }) => ({ type: 'Feature', properties, geometry: shape })) }, outcome));
  return (
    <section className="answer" data-stale={stale} aria-busy={stale} aria-live="polite" data-testid="reach-answer">
      <h4>{say('routes.reached')}</h4>
      <ul className="legend result-key" data-testid="reach-legend">
        {areas.map((a, i) => (
          <li key={a.minutes} data-minutes={a.minutes}>
            <i className="mark-fill" style={{ '--mark': `var(--${reachColour(i, areas.length)})` } as CSSProperties} />
            <span className="layer-name">{say('routes.within', { time: duration(a.minutes) })}</span>
            <span>{area(a.area_km2 * 1e6)}{a.people !== undefined && ` · ${say('routes.people', { n: count(a.people) })}`}</span>
          </li>
        ))}
      </ul>
      {problems.map((p) => <p key={p} className="state bad" dir="auto">{p}</p>)}
      <div className="tool-row"><Button look="quiet" icon="download" onPress={save}>GeoJSON</Button></div>
      {times && <ResultTable part={times} file="isochrone-times" />}
      {outcome.envelope && <Method envelope={outcome.envelope} />}
    </section>
  );
}
