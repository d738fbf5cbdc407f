// The chain of care on paper: the key of the map, the three limits and what takes longest.
import { chainIn } from '../api/evacuation.ts';
import { usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { Method } from '../panels/Method.tsx';
import { useCareAnswers } from './answers.ts';
import { ChainBar } from './ChainBar.tsx';
import { Limits } from './Limits.tsx';
import { MedicalKey } from './MedicalKey.tsx';
import { useSceneName } from './MedicalPanel.tsx';

export function PrintCare() {
  const { say } = useWords();
  const open = usePanel() === 'medical';
  const { answer, stale } = useCareAnswers((a) => a.chain);
  const name = useSceneName();
  if (!open) return null;
  const chain = answer && !stale ? chainIn(answer) : undefined;
  return (
    <section className="sheet-answer sheet-care medical" data-testid="print-care">
      <MedicalKey />
      {chain && <><h2>{say('medical.from', { name })}</h2><Limits chain={chain} /><ChainBar chain={chain} /></>}
      {answer?.envelope && <Method envelope={answer.envelope} />}
    </section>
  );
}
