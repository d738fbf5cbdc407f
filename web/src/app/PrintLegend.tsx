// The layer list on paper: the same marks, names and counts as on screen, and the names of the bases on the map.
import { useWords } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf } from '../map/layers/layer.ts';
import { useMap } from '../map/MapView.tsx';
import { anchorOf } from '../map/shapes.ts';
import { CountText } from '../panels/LayerRow.tsx';
import { Legend } from '../panels/Legend.tsx';
import { ReachKey } from '../panels/FootprintAnswer.tsx';
import { useUi } from '../state/ui.ts';
import { SymbolCanvas, SymbolMark } from '../ui/SymbolMark.tsx';
import { useLayer, useWorld } from './world.ts';

export function PrintLegend() {
  const words = useWords();
  const { layers } = useWorld();
  const reach = useUi((u) => u.reach);
  return (
    <section className="sheet-legend">
      <h2>{words.say('print.legend')}</h2>
      <ul>
        {layers.filter((l) => l.visible).map((layer) => (
          <li key={layer.collection.id}>
            <div className="layer-head">
              <span className="layer-mark"><SymbolMark mark={layer.kind.mark} /></span>
              <span className="layer-name">{words.collection(layer.collection)}</span>
              <span className="layer-count"><CountText layer={layer} /></span>
            </div>
            <Legend layer={layer} />
          </li>
        ))}
      </ul>
      {reach && <ReachKey answer={reach} words={words} />}
    </section>
  );
}

const most = 30;

/** Those that the map shows: at the size of paper a few names find no room beside their symbol. */
export function PrintBases() {
  const words = useWords();
  const layer = useLayer('bases');
  const map = useMap((m) => m.map);
  if (!layer?.visible) return null;
  const view = map?.view();
  const inView = (layer.records.data?.items ?? []).filter((i) => {
    if (!i.geometry || !view) return i.geometry !== null;
    const [lon, lat] = anchorOf(i.geometry);
    return lon >= view.west && lon <= view.east && lat >= view.south && lat <= view.north;
  });
  if (!inView.length) return null;
  return (
    <section className="sheet-bases">
      <h2>{words.collection(layer.collection)}</h2>
      <ul>
        {inView.slice(0, most).map((i) => {
          const symbol = symbolOf(layer.collection, i.properties);
          return <li key={i.key}>{symbol && <SymbolCanvas name={symbol} />}{nameOf(i.properties) || `#${i.key}`}</li>;
        })}
        {inView.length > most && <li>{words.say('print.more', { n: inView.length - most })}</li>}
      </ul>
    </section>
  );
}
