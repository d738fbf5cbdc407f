// The changes in their order, from which day each holds, what it does, and what is wrong with it. Each may be taken away.
import { effectsIn } from '../api/footprints.ts';
import { useWords } from '../i18n/words.ts';
import { dated, holds, withoutChange } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { DayField } from '../ui/DayField.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useAnswers, useChanges } from './answers.ts';
import { setChanges } from './store.ts';

export function ChangeList() {
  const words = useWords();
  const { say } = words;
  const changes = useChanges();
  const day = useView((v) => v.scenario.day);
  const { answer, stale } = useAnswers((a) => a.option);
  if (!changes?.length) return null;
  const effects = answer && !stale ? effectsIn(answer) : [];
  const inForce = changes.filter((c) => holds(c, day));
  return (
    <section className="change-list" aria-label={say('plan.changeList')}>
      <h3>{say('plan.changeList')} <small>{say('plan.changeCount', { n: inForce.length, all: changes.length })}</small></h3>
      <ol data-testid="plan-changes">
        {changes.map((c, i) => {
          const effect = effects.find((e) => e.change === i + 1);
          const name = effect?.name || c.name || '';
          return (
            <li key={i} data-act={c.act} data-holds={holds(c, day)}>
              <span>
                <b>{words.code('act', c.act)}</b> <bdi>{name}</bdi>
                {effect && <small dir="auto">{effect.effect_said.map(words.warning).join(' ')}</small>}
                {effect && effect.problems_said.length > 0 && <small className="problem" dir="auto"><Icon name="warning" /> {effect.problems_said.map(words.warning).join(' ')}</small>}
              </span>
              <DayField hideLabel label={say('plan.changeDay', { n: i + 1 })} value={c.on?.slice(0, 10) ?? ''} end="first" onChange={(on) => setChanges(dated(changes, i, on || undefined))} />
              <IconButton icon="bin" label={say('plan.removeChange', { n: i + 1 })} onPress={() => setChanges(withoutChange(changes, i))} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
