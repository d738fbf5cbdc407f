// What follows the table: the chart with who comes and room to write, what lies along the way, the assumptions, and what to read with
// care. Each block stands on a page whole.
import type { ReactNode } from 'react';
import type { Outcome } from '../api/execution.ts';
import type { Warning } from '../api/warning.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { conditionsOf, shortName, warningsOf, whoComes, type Convoy } from './convoy.ts';
import { ConvoyChart } from './ConvoyChart.tsx';
import { duration, kmOf, type LocalTime } from './text.ts';

export function blocksOf(convoy: Convoy, outcome: Outcome, radius: number, time: LocalTime): ReactNode[] {
  const warnings = warningsOf(outcome.envelope?.warnings ?? [], convoy.way);
  return [
    <div key="help" className="convoy-pair"><ConvoyChart convoy={convoy} /><WhoComes convoy={convoy} /></div>,
    <Along key="along" convoy={convoy} radius={radius} />,
    <Conditions key="conditions" outcome={outcome} convoy={convoy} time={time} />,
    ...warnings.map((w, i) => <Care key={w.text} warning={w} first={i === 0} />),
  ];
}

function Care({ warning, first }: { warning: Warning; first: boolean }) {
  const words = useWords();
  return <>{first && <h2>{words.say('brief.care')}</h2>}<p className="convoy-note" dir="auto">{words.warning(warning)}</p></>;
}

/** So many stretches are named; a way on which helpers take turns more often is told of by the chart. */
const mostHelped = 6;

function WhoComes({ convoy }: { convoy: Convoy }) {
  const words = useWords();
  const { say } = words;
  const all = whoComes(convoy.support);
  return (
    <section className="convoy-who" data-testid="convoy-who">
      <h2>{say('convoy.who')}</h2>
      <dl>
        {all.slice(0, mostHelped).map((h) => (
          <div key={h.from}>
            <dt>{say('convoy.range', { from: kmOf(words, h.from), to: kmOf(words, h.to) })}</dt>
            <dd>{helpText(words, 'force', h.reaction_force, h.force_min)}<br />{helpText(words, 'surgery', h.surgery, h.surgery_min)}</dd>
          </div>
        ))}
      </dl>
      {all.length > mostHelped && <p className="note">{say('print.more', { n: all.length - mostHelped })}</p>}
      {(['callSign', 'frequency', 'commander'] as const).map((id) => <p key={id} className="convoy-line"><span>{say(`convoy.${id}`)}</span><i /></p>)}
    </section>
  );
}

const helpText = (words: Words, kind: 'force' | 'surgery', name: string | undefined, minutes: number | undefined) =>
  name === undefined || minutes === undefined ? words.say(`convoy.no.${kind}`) : words.say(`convoy.by.${kind}`, { name: shortName(name), time: duration(words, minutes) });

function Along({ convoy, radius }: { convoy: Convoy; radius: number }) {
  const words = useWords();
  const { say, km, code, count } = words;
  const total = convoy.outcomes.reduce((n, o) => n + o.records, 0);
  const hurt = { killed: count(convoy.outcomes.reduce((n, o) => n + o.killed, 0)), injured: count(convoy.outcomes.reduce((n, o) => n + o.injured, 0)) };
  const hazards = convoy.hazards.map((h) => say('convoy.hazard', { km: kmOf(words, h.at_km), name: [code('kind', h.kind).toLocaleLowerCase(words.language), h.name].filter(Boolean).join(' '), where: h.distance_m < 1 ? say('convoy.onWay') : km(h.distance_m) }));
  return (
    <section className="convoy-along">
      <h2>{say('convoy.along', { distance: km(radius) })}</h2>
      <p data-testid="convoy-outcomes"><b>{say('convoy.count', { n: count(total) })}</b> {convoy.outcomes.map((o) => `${o.outcome === undefined ? say('convoy.unstated') : code('outcome', o.outcome)} ${count(o.records)}`).join(' · ')}. {say('convoy.hurt', hurt)}</p>
      <p data-testid="convoy-hazards"><b>{say('convoy.hazards', { n: count(hazards.length) })}</b> {hazards.map((h, i) => <span key={i}>{i > 0 && ' · '}{h}</span>)}</p>
    </section>
  );
}

function Conditions({ outcome, convoy, time }: { outcome: Outcome; convoy: Convoy; time: LocalTime }) {
  const words = useWords();
  const { say, km } = words;
  const { profile, month, curfew, avoid_hazards: avoided } = conditionsOf(outcome);
  const [start, end] = [convoy.access[0], convoy.access.at(-1)];
  const told = [
    typeof profile === 'string' ? say('convoy.vehicle', { name: words.code('profile', profile) }) : '',
    typeof month === 'number' && month > 0 ? say('convoy.month', { name: new Intl.DateTimeFormat(words.language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2018, month - 1, 1)) }) : '',
    say(avoided ? 'convoy.hazardsAvoided' : 'convoy.hazardsNot'),
    typeof curfew === 'string' ? say('convoy.curfew', { hours: curfew, zone: time.zone }) : say('convoy.noCurfew'),
    start && end ? say('convoy.access', { start: km(start.distance_m), end: km(end.distance_m) }) : '',
  ];
  return (
    <section className="convoy-along">
      <h2>{say('convoy.conditions')}</h2>
      <p>{told.filter(Boolean).join(' ')}</p>
      <p className="convoy-note" dir="auto">{String(outcome.envelope?.method ?? '')}.</p>
    </section>
  );
}
