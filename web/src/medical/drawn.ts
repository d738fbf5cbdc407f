// The chain of care as features for the map.
import type { Feature } from 'geojson';
import type { CareCell, CareChain } from '../api/evacuation.ts';
import { outlineOf } from '../geo/outline.ts';
import { along, placeOf, type Place } from '../geo/geodesic.ts';
import { boundsFor, classOf, lastWay } from './figures.ts';

/** Cells by the class of their minutes to surgery; the last class is beyond the limit. */
export function cellFeatures(cells: CareCell[], limit: number): Feature[] {
  const bounds = boundsFor(limit);
  return cells.map(({ geometry, properties }) => ({ type: 'Feature', geometry, properties: { part: 'cell', class: classOf(properties.surgery_min, bounds) } }));
}

/** Where surgery just comes within the limit: drawn for cells of any size. A limit is kept when it is met exactly. */
export function limitFeature(cells: CareCell[], limit: number): Feature {
  const kept = cells.filter(({ properties: { surgery_min: min } }) => typeof min === 'number' && min <= limit);
  return { type: 'Feature', geometry: { type: 'MultiLineString', coordinates: outlineOf(kept.map((c) => c.geometry)) }, properties: { part: 'limit' } };
}

/** The journey from what comes over the casualty to the facility, the casualty's place, and how far the last way is. */
export function journeyFeatures(chain: CareChain, km: (metres: number) => string): Feature[] {
  const places = (chain.journey?.coordinates ?? []).map(placeOf);
  const ways: Feature[] = places.slice(1).map((to, i) => ({ type: 'Feature', properties: { part: 'way' }, geometry: { type: 'LineString', coordinates: along(places[i] ?? to, to) } }));
  const far = lastWay(chain.legsOf('evacuation'))?.km;
  const [from, to] = longest(places);
  const middle = from && to ? along(from, to, 5000) : [];
  const at = middle[Math.floor(middle.length / 2)];
  return [...ways, ...(far !== undefined && at ? [{ type: 'Feature' as const, properties: { part: 'far', text: km(1000 * far) }, geometry: { type: 'Point' as const, coordinates: at } }] : [])];
}

/** The last of the steps that leads anywhere: landing and facility may be one place. */
function longest(places: Place[]): [Place, Place] | [] {
  for (let i = places.length - 1; i > 0; i--) {
    const [from, to] = [places[i - 1], places[i]];
    if (from && to && (from[0] !== to[0] || from[1] !== to[1])) return [from, to];
  }
  return [];
}
