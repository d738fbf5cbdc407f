// The layer list is the legend: symbol, name, "n of N", eye; beneath each layer its classes, and its state when it is not simply there.
import { Button } from '../ui/Button.tsx';
import { useWords } from '../i18n/words.ts';
import { useWorld } from '../app/world.ts';
import { FiltersPanel } from './FiltersPanel.tsx';
import { LayerRow } from './LayerRow.tsx';

/** @param filters with the filters beneath; on the phone they have a tab of their own */
export function LayersPanel({ filters = true }: { filters?: boolean }) {
  const { say } = useWords();
  const { layers, loading, error, retry } = useWorld();
  return (
    <>
      <h2 className="panel-title">{say('layers.title')}</h2>
      {error && (
        <p className="state bad" role="alert">
          {say('layers.noServer')} <Button look="link" onPress={retry}>{say('state.tryAgain')}</Button>
        </p>
      )}
      {loading && !error && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      <ul className="layer-list" id="layer-list" tabIndex={-1}>
        {layers.map((layer) => <LayerRow key={layer.collection.id} layer={layer} />)}
      </ul>
      {filters && <FiltersPanel />}
    </>
  );
}
