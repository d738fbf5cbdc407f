// From a card or a row to the chain of care of who lies there.
import { useProcess } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import type { Scene } from '../state/medical.ts';
import { Button } from '../ui/Button.tsx';
import { openChain } from './open.ts';

/** @param of undefined: what is chosen in the panel then */
export function ChainAction({ of }: { of?: Scene }) {
  const { say } = useWords();
  if (!useProcess('casevac-chain').data) return null;
  return <Button onPress={() => openChain(of)}>{say('medical.title')}</Button>;
}
