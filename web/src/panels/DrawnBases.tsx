// Bases that are only supposed: placed by clicking the map or by typing a coordinate, listed here, taken away one by one.
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { rounded } from '../state/drawn.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';
import { CoordField } from './CoordField.tsx';

export function DrawnBases() {
  const { say } = useWords();
  const map = useMap((m) => m.map);
  const { places } = useView((v) => v.drawn);
  const draw = useView((v) => v.draw);
  const { tool, hold } = useTools();
  const format = usePrefs((p) => p.coords);
  const placing = tool === 'base';
  return (
    <section className="drawn" aria-label={say('draw.bases')}>
      <div className="section-head">
        <span className="label">{say('draw.bases')}</span>
        {map && <Button icon="pencil" aria-pressed={placing} onPress={() => hold(placing ? undefined : 'base')}>{say(placing ? 'draw.done' : 'draw.place')}</Button>}
      </div>
      {placing && <p className="note">{say('draw.placeHint')}</p>}
      {places.length > 0 && (
        <ul className="drawn-list">
          {places.map((at, i) => (
            <li key={i} data-drawn={at.join(',')}>
              <SymbolCanvas name="base/new/0/temporary/1" />
              <button type="button" className="drawn-name" onClick={() => map?.goTo({ lon: at[0], lat: at[1] }, Math.max(7, map.position().zoom))}>
                {say('draw.base', { n: i + 1 })} <small><bdi dir="ltr">{formatCoord(...at, format)}</bdi></small>
              </button>
              <IconButton icon="bin" label={say('draw.remove', { name: say('draw.base', { n: i + 1 }) })} onPress={() => draw({ places: places.filter((_, at) => at !== i) })} />
            </li>
          ))}
        </ul>
      )}
      <CoordField label={say('draw.type')} onPlace={(at) => draw({ places: [...places, rounded(at)] })} />
    </section>
  );
}
