// What was found, beneath the difference.
import { useView } from '../state/view.ts';
import type { Siting } from '../state/siting.ts';
import { ChoiceAnswer } from './ChoiceAnswer.tsx';
import { useSearch } from './search.ts';
import { TradeAnswer } from './TradeAnswer.tsx';

export function SitingAnswer() {
  const siting = useView((v) => v.siting);
  return siting ? <Found siting={siting} /> : null;
}

function Found({ siting }: { siting: Siting }) {
  const { run, stale } = useSearch(siting);
  const outcome = run?.outcome;
  if (!outcome) return null;
  return siting.sought === 'front' ? <TradeAnswer siting={siting} outcome={outcome} stale={stale} /> : <ChoiceAnswer siting={siting} outcome={outcome} stale={stale} />;
}
