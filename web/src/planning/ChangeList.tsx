// The changes in their order, what each does, and what is wrong with it. Each may be taken away.
import { effectsIn } from '../api/footprints.ts';
import { useWords } from '../i18n/words.ts';
import { upTo, withoutChange } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useAnswers, useChanges } from './answers.ts';
import { setChanges } from './store.ts';

export function ChangeList() {
  const words = useWords();
  const { say } = words;
  const changes = useChanges();
  const { day, id, changes: own } = useView((v) => v.scenario);
  const { answer, stale } = useAnswers((a) => a.option);
  if (!changes?.length) return null;
  const effects = answer && !stale ? effectsIn(answer) : [];
  const whole = id !== undefined && own === undefined;
  const inForce = upTo(changes, day);
  return (
    <section className="change-list" aria-label={say('plan.changeList')}>
      <h3>{say('plan.changeList')} <small>{say('plan.changeCount', { n: inForce.length, all: changes.length })}</small></h3>
      <ol data-testid="plan-changes">
        {changes.map((c, i) => {
          const at = whole ? i + 1 : inForce.indexOf(c) + 1;
          const effect = effects.find((e) => e.change === at);
          const name = effect?.name || c.name || '';
          return (
            <li key={i} data-act={c.act}>
              <span>
                <b>{words.code('act', c.act)}</b> <bdi>{name}</bdi>{c.on && <small> {words.day(c.on.slice(0, 10))}</small>}
                {effect && <small dir="auto">{effect.effect}</small>}
                {effect?.problems && <small className="problem" dir="auto"><Icon name="warning" /> {effect.problems}</small>}
              </span>
              <IconButton icon="bin" label={say('plan.removeChange', { n: i + 1 })} onPress={() => setChanges(withoutChange(changes, i))} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
