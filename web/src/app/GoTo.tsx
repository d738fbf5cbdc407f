// Goes to a base, a town or a coordinate: names come from the server, coordinates are read in four ways.
import { useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useEvery } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import { formatCoord, isPlace, parseCoord, type Parsed } from '../geo/coords.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Icon } from '../ui/Icon.tsx';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';
import { found, groundOf } from './search.ts';
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
  const entries: Found[] = isPlace(coordinate) ? [place(coordinate, say('goto.place'))] : named;
  const go = useGo(() => {
    setText('');
    done?.();
  });
  const problem = waiting ? undefined : problemOf(coordinate, text, entries, say);
  return (
    <div className="goto">
      <ComboBox onFocus={() => setFocused(true)} aria-label={say('goto.label')} inputValue={text} onInputChange={setText} items={entries} value={null} onChange={(id) => go(entries.find((f) => f.id === id))} menuTrigger="input" allowsCustomValue allowsEmptyCollection={text.trim() !== ''} defaultFilter={() => true}>
        <div className="goto-field" data-problem={problem !== undefined || undefined}>
          <Icon name="search" />
          <Input
            className="goto-input" id="goto" placeholder={say('goto.placeholder')} aria-describedby="goto-problem" autoFocus={done !== undefined}
            onKeyDown={(e) => { if (e.key === 'Enter' && isPlace(coordinate)) go(entries[0]); else if (e.key === 'Enter' && entries.length === 1) go(entries[0]); }}
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

function problemOf(coordinate: Parsed, text: string, entries: Found[], say: ReturnType<typeof useWords>['say']): string | undefined {
  if (coordinate && 'problem' in coordinate) return say(`goto.bad.${coordinate.problem}`, { value: coordinate.value });
  return text.trim().length > 2 && !entries.length ? say('goto.none', { text: text.trim() }) : undefined;
}

/** Bases before places, and in both what `found` puts first. */
function useNames(text: string, focused: boolean): { named: Found[]; waiting: boolean } {
  const words = useWords();
  const { layers, mission } = useWorld();
  const [bases, places] = searched.map((id) => layers.find((l) => l.collection.id === id));
  const askedBases = useEvery('bases', focused && bases !== undefined);
  const askedPlaces = useEvery('places', focused && places !== undefined);
  const [allBases, allPlaces] = [askedBases.data?.items, askedPlaces.data?.items];
  // Names come all at once: a list that grows under the pointer is missed by it.
  const waiting = askedBases.isLoading || askedPlaces.isLoading;
  const named = useMemo(() => {
    if (waiting) return [];
    const ground = groundOf(allBases ?? [], mission);
    const of = (layer: Layer | undefined, items: Item[] | undefined) => (layer && items ? found(items, text, mission, ground).map((item) => entryOf(item, layer, words)) : []);
    const [first, second] = [of(bases, allBases), of(places, allPlaces)];
    // Many bases of one name leave room for the places.
    return [...first.slice(0, Math.max(most / 2, most - second.length)), ...second].slice(0, most);
  }, [text, waiting, allBases, allPlaces, bases, places, mission, words]);
  return { named, waiting };
}

const lonLat = ([lon, lat]: [number, number]) => ({ lon, lat });

function entryOf(item: Item, { collection }: Layer, words: Words): Found {
  return {
    id: `${collection.id}/${item.key}`,
    label: nameOf(item.properties),
    kind: `${words.collection(collection)} · ${kindText(item, words)}`.replace(/ · $/, ''),
    symbol: symbolOf(collection, item.properties),
    record: { collection: collection.id, key: item.key },
    at: item.geometry ? lonLat(anchorOf(item.geometry)) : undefined,
  };
}

/** "Sector HQ, MINUSMA", "Town, Mali". */
function kindText({ properties }: Item, { code, country }: Words): string {
  const { extra } = properties;
  const iso = typeof extra === 'object' && extra !== null && 'country' in extra ? textOf(extra.country) : '';
  const kind = textOf(properties.kind) && code('kind', textOf(properties.kind));
  return [kind, textOf(properties.mission) || (/^[A-Z]{2}$/.test(iso) ? country(iso) : '')].filter(Boolean).join(', ');
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
