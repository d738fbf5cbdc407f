// What the open import would do, on the map.
import { useEffect } from 'react';
import { useWords } from '../i18n/words.ts';
import type { MapController } from '../map/controller.ts';
import { importSigns } from '../map/importLayers.ts';
import { boundsOf } from '../map/shapes.ts';
import { usePrefs } from '../state/prefs.ts';
import { drawnKinds, mostDrawn, useDrawn, useImport } from './queries.ts';
import { useImports } from './store.ts';

export function ImportOnMap({ map }: { map: MapController }) {
  const { say, count } = useWords();
  const chosen = useImports((s) => s.chosen);
  const asked = useImport(chosen);
  const i = asked.isEnabled ? asked.data : undefined;
  const drawn = useDrawn(i).data;
  const theme = usePrefs((p) => p.theme);
  const shown = i?.state === 'staged' ? drawn : undefined;
  useEffect(() => map.setDrawing('import', shown ?? []), [map, shown, theme]);
  useEffect(() => {
    const bounds = boundsOf((drawn ?? []).map((f) => f.geometry));
    if (bounds) map.fit(bounds);
  }, [map, drawn]);
  useEffect(() => () => map.setDrawing('import', []), [map]);
  if (!shown?.length || !i?.counts) return null;
  const counts = i.counts;
  const many = drawnKinds.some((k) => counts[k] > mostDrawn);
  return (
    <div className="import-key" role="note">
      {drawnKinds.filter((k) => counts[k] > 0).map((k) => <span key={k} data-kind={k}><i aria-hidden="true">{importSigns[k].sign}</i>{count(counts[k])} {say(`imports.kind.${k}`)}</span>)}
      {many && <small>{say('imports.firstDrawn', { n: count(mostDrawn) })}</small>}
    </div>
  );
}
