// The key of the map: minutes to surgery in classes, and what is beyond.
import { surgeryLimitIn } from '../api/evacuation.ts';
import { usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { useCareAnswers } from './answers.ts';
import { boundsFor } from './figures.ts';

export function MedicalKey() {
  const { say, count } = useWords();
  const open = usePanel() === 'medical';
  const answer = useCareAnswers((a) => a.surface.answer);
  if (!open || !answer) return null;
  return (
    <div className="care-key" data-testid="care-key">
      <b>{say('medical.key')}</b>
      <ul>
        {boundsFor(surgeryLimitIn(answer)).map((b, i) => <li key={b} data-class={i}><i aria-hidden="true" />{say('medical.upTo', { n: count(b) })}</li>)}
        <li data-class="beyond"><i aria-hidden="true" />{say('medical.beyond')}</li>
      </ul>
    </div>
  );
}
