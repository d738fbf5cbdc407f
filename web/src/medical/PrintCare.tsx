// The chain of care on paper: the key of the map and the three limits beside it, the chain as one bar beneath.
import { chainIn } from '../api/evacuation.ts';
import { usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { Method } from '../panels/Method.tsx';
import { useCareAnswers } from './answers.ts';
import { ChainBar } from './ChainBar.tsx';
import { Limits } from './Limits.tsx';
import { MedicalKey } from './MedicalKey.tsx';
import { useSceneName } from './MedicalPanel.tsx';

/** The chain that the panel shows; undefined where it is closed, or another one is on its way. */
function useChain() {
  const open = usePanel() === 'medical';
  const { answer, stale } = useCareAnswers((a) => a.chain);
  return { open, answer, chain: open && answer && !stale ? chainIn(answer) : undefined };
}

export function PrintCare() {
  const { say } = useWords();
  const { open, chain } = useChain();
  const name = useSceneName();
  if (!open) return null;
  return (
    <section className="sheet-answer sheet-care medical" data-testid="print-care">
      <MedicalKey />
      {chain && <><h2>{say('medical.from', { name })}</h2><Limits chain={chain} /></>}
    </section>
  );
}

/** How the chain was found, and what was assumed. */
export function PrintCareNotes() {
  const { open, answer } = useChain();
  return open && answer?.envelope ? <section className="sheet-answer sheet-care medical" data-testid="print-care-notes"><Method envelope={answer.envelope} /></section> : null;
}

export function PrintChain() {
  const { chain } = useChain();
  return chain ? <div className="sheet-chain medical" data-testid="print-chain"><ChainBar chain={chain} /></div> : null;
}
