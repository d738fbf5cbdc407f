// What a typed text may mean as a place: a base or a town by its name, or coordinates read in four ways.
import { useMemo } from 'react';
import { useEvery } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import { formatCoord, isPlace, parseCoord, type Parsed } from '../geo/coords.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { found, groundOf } from './search.ts';
import { useWorld, type Layer } from './world.ts';

export interface Found {
  id: string;
  label: string;
  kind: string;
  symbol?: string;
  at?: { lon: number; lat: number };
  record?: { collection: string; key: number };
}

const searched = ['bases', 'places'];
const most = 8;

/** Places that a text may mean, and what is wrong where it means none.
 *  @param focused whether somebody types: names are asked for only then */
export function useFound(text: string, focused: boolean): { entries: Found[]; exact: boolean; problem?: string } {
  const { say } = useWords();
  const coordinate = useMemo(() => parseCoord(text), [text]);
  const { named, waiting } = useNames(text, focused);
  const exact = isPlace(coordinate);
  const entries: Found[] = exact ? [place(coordinate, say('goto.place'))] : named;
  return { entries, exact, problem: waiting ? undefined : problemOf(coordinate, text, entries, say) };
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
function kindText({ properties }: Item, { code, country, parts }: Words): string {
  const { extra } = properties;
  const iso = typeof extra === 'object' && extra !== null && 'country' in extra ? textOf(extra.country) : '';
  const kind = textOf(properties.kind) && code('kind', textOf(properties.kind));
  return parts([kind, textOf(properties.mission) || (/^[A-Z]{2}$/.test(iso) ? country(iso) : '')]);
}
