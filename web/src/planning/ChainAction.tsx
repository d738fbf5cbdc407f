// From a base or a place to the chain of care that its casualties go through: in 10 minutes, 1 hour and 2.
import { openPanel } from '../app/openPanel.ts';
import { useProcess } from '../api/queries.ts';
import { useWorld } from '../app/world.ts';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import { useAnalyses } from '../state/analyses.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';

const chain = 'casevac-chain';

export function ChainAction({ of }: { of: { base: number } | { at: Place } }) {
  const { say } = useWords();
  const { mission } = useWorld();
  const process = useProcess(chain).data;
  if (!process) return null;
  const ask = () => {
    const where = 'base' in of ? { bases: [of.base] } : { places: [{ type: 'Point', coordinates: of.at }] };
    useView.getState().select(undefined);
    openPanel('analyses');
    void useAnalyses.getState().runAgain(chain, { ...where, ...(mission && process.inputs.mission && { mission }) });
  };
  return <Button onPress={ask}>{say('plan.chain')}</Button>;
}
