// Goes to a base, a town or a coordinate: names come from the server, coordinates are read in four ways.
import { useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useEvery } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import { formatCoord, isPlace, parseCoord, type Parsed } from '../geo/coords.ts';
import { fold } from '../geo/fold.ts';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Icon } from '../ui/Icon.tsx';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';
import { useWorld, type Layer } from './world.ts';

interface Found {
  id: string;
  label: string;
  kind: string;
  symbol?: string;
  at?: { lon: number; lat: number };
  record?: { collection: string; key: number };
}

const searched = ['bases', 'places'];
const most = 8;

export function GoTo({ done }: { done?: () => void }) {
  const { say } = useWords();
  const [text, setText] = useState('');
  const coordinate = useMemo(() => parseCoord(text), [text]);
  const [focused, setFocused] = useState(false);
  const { named, waiting } = useNames(text, focused);
  const found: Found[] = isPlace(coordinate) ? [place(coordinate, say('goto.place'))] : named;
  const go = useGo(() => {
    setText('');
    done?.();
  });
  const problem = waiting ? undefined : problemOf(coordinate, text, found, say);
  return (
    <div className="goto">
      <ComboBox onFocus={() => setFocused(true)} aria-label={say('goto.label')} inputValue={text} onInputChange={setText} items={found} value={null} onChange={(id) => go(found.find((f) => f.id === id))} menuTrigger="input" allowsCustomValue allowsEmptyCollection={text.trim() !== ''} defaultFilter={() => true}>
        <div className="goto-field" data-problem={problem !== undefined || undefined}>
          <Icon name="search" />
          <Input
            className="goto-input" id="goto" placeholder={say('goto.placeholder')} aria-describedby="goto-problem" autoFocus={done !== undefined}
            onKeyDown={(e) => { if (e.key === 'Enter' && isPlace(coordinate)) go(found[0]); else if (e.key === 'Enter' && found.length === 1) go(found[0]); }}
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
        <Popover className="popover wide" offset={12}>
          <ListBox<Found> className="menu" renderEmptyState={() => <p className="goto-empty" data-problem={problem !== undefined || undefined}>{problem ?? say(text.trim() ? 'goto.looking' : 'goto.placeholder')}</p>}>
            {(f) => (
              <ListBoxItem id={f.id} textValue={f.label} className="menu-item">
                {f.symbol && <SymbolCanvas name={f.symbol} />}
                <span>{f.label}</span>
                <small>{f.kind}</small>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <p className="only-read" id="goto-problem" role="status">{problem}</p>
    </div>
  );
}

const place = (at: { lon: number; lat: number }, kind: string): Found => ({ id: 'place', label: `${formatCoord(at.lon, at.lat, 'mgrs')} · ${formatCoord(at.lon, at.lat, 'dd')}`, kind, at });

function problemOf(coordinate: Parsed, text: string, found: Found[], say: ReturnType<typeof useWords>['say']): string | undefined {
  if (coordinate && 'problem' in coordinate) return say(`goto.bad.${coordinate.problem}`, { value: coordinate.value });
  return text.trim().length > 2 && !found.length ? say('goto.none', { text: text.trim() }) : undefined;
}

/** Names that begin with the text first, then those that hold it; only records with a place. */
function useNames(text: string, focused: boolean): { named: Found[]; waiting: boolean } {
  const words = useWords();
  const { layers } = useWorld();
  const [bases, places] = searched.map((id) => layers.find((l) => l.collection.id === id));
  const askedBases = useEvery('bases', focused && bases !== undefined);
  const askedPlaces = useEvery('places', focused && places !== undefined);
  const [allBases, allPlaces] = [askedBases.data?.items, askedPlaces.data?.items];
  // Names come all at once: a list that grows under the pointer is missed by it.
  const waiting = askedBases.isLoading || askedPlaces.isLoading;
  const named = useMemo(() => {
    const look = fold(text);
    if (!look || waiting) return [];
    const hits = [...match(allBases, bases, look), ...match(allPlaces, places, look)];
    const first = (h: { name: string }) => (h.name.startsWith(look) ? 0 : 1);
    return hits.sort((a, b) => first(a) - first(b)).slice(0, most).map(({ item, layer }) => ({
      id: `${layer.collection.id}/${item.key}`,
      label: nameOf(item.properties),
      kind: words.collection(layer.collection),
      symbol: symbolOf(layer.collection, item.properties),
      record: { collection: layer.collection.id, key: item.key },
      at: item.geometry ? lonLat(anchorOf(item.geometry)) : undefined,
    }));
  }, [text, waiting, allBases, allPlaces, bases, places, words]);
  return { named, waiting };
}

const lonLat = ([lon, lat]: [number, number]) => ({ lon, lat });

function match(items: Item[] | undefined, layer: Layer | undefined, look: string) {
  if (!items || !layer) return [];
  return items.filter((i) => i.geometry).map((item) => ({ item, layer, name: fold(nameOf(item.properties)) })).filter((h) => h.name.includes(look));
}

function useGo(after: () => void) {
  const map = useMap((m) => m.map);
  const select = useView((v) => v.select);
  const set = useUi((u) => u.set);
  return (to: Found | undefined) => {
    if (!to) return;
    if (to.at) map?.goTo(to.at, 8);
    set({ place: to.record ? undefined : to.at });
    select(to.record);
    after();
    map?.focus();
  };
}
