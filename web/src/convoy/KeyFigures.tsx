// Four figures over the map: how far, how long, at what risk, how far from help.
import { useWords, type Words } from '../i18n/words.ts';
import type { Convoy, Help } from './convoy.ts';
import { duration, kmOf, type LocalTime } from './text.ts';

export function KeyFigures({ convoy, time }: { convoy: Convoy; time: LocalTime }) {
  const words = useWords();
  const { say, km } = words;
  const { facts, points } = convoy;
  const arrives = points.at(-1)?.arrives;
  return (
    <dl className="convoy-figures">
      <div><dt>{say('convoy.distance')}</dt><dd>{km(facts.km * 1000)}</dd></div>
      <div><dt>{say('convoy.driving')}</dt><dd>{duration(words, facts.minutes)} {arrives && <small>{say('convoy.arrives', { time: time.full(arrives) })}</small>}</dd></div>
      <Risk convoy={convoy} words={words} />
      <Weak convoy={convoy} words={words} help="reaction_force" />
      <Weak convoy={convoy} words={words} help="surgery" />
    </dl>
  );
}

/** A chance where it is known how often roads are driven, else what compares ways. */
function Risk({ convoy: { facts: { risk, chance } }, words: { say, count } }: { convoy: Convoy; words: Words }) {
  const name = risk !== undefined && chance === undefined ? say('convoy.relative') : say('convoy.meets');
  if (risk === undefined) return <div data-figure="risk"><dt>{name}</dt><dd>{say('convoy.unknown')}</dd></div>;
  if (chance === undefined) return <div data-figure="risk"><dt>{name}</dt><dd>{count(risk, 2)} <small>{say('convoy.compares')}</small></dd></div>;
  return <div data-figure="risk"><dt>{name}</dt><dd>{say('convoy.in100', { n: count(chance * 100, chance < 0.1 ? 1 : 0) })} <small>{say('convoy.expected', { n: count(risk, 2) })}</small></dd></div>;
}

function Weak({ convoy: { weakest }, words, help }: { convoy: Convoy; words: Words; help: Help }) {
  const { say } = words;
  const weak = weakest[help];
  return (
    <div data-figure={help}>
      <dt>{say(help === 'surgery' ? 'convoy.surgery' : 'convoy.force')}</dt>
      <dd>{weak?.minutes === undefined ? say('convoy.nobody') : duration(words, weak.minutes)} {weak && <small>{say('convoy.atKm', { km: kmOf(words, weak.at_km) })}</small>}</dd>
    </div>
  );
}
