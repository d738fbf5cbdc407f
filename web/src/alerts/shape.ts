// Where an alert lies, as the map draws it.
import type { Feature, Geometry } from 'geojson';
import type { Alert } from '../api/alerts.ts';
import { direct, type Place } from '../geo/geodesic.ts';
import type { MapController } from '../map/controller.ts';
import { continued, polygonOf } from '../geo/ring.ts';
import { boundsOf, type Bounds } from '../map/shapes.ts';

const corners = 72;

const disc = (at: Place, metres: number): Geometry => polygonOf(continued(Array.from({ length: corners }, (_, i) => direct(at, (-360 * i) / corners, metres).place)));

/** The disc of a threshold about its last record, the box of many, or nothing for a single place. */
export function areaOf({ geometry, radius_m }: Alert): Geometry | undefined {
  if (geometry?.type === 'Point') return radius_m > 0 ? disc([geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0], radius_m) : undefined;
  return geometry ?? undefined;
}

export const areaFeatures = (alert: Alert | undefined): Feature[] => {
  const geometry = alert && areaOf(alert);
  return geometry ? [{ type: 'Feature', properties: { part: 'alert' }, geometry }] : [];
};

const holds = ({ west, south, east, north }: ReturnType<MapController['view']>, [w, s, e, n]: Bounds) => w >= west && e <= east && s >= south && n <= north;

/** Goes there, unless it is in view already. */
export function flyTo(map: MapController, alert: Alert) {
  const bounds = boundsOf([areaOf(alert) ?? alert.geometry]);
  if (!bounds || holds(map.view(), bounds)) return;
  if (areaOf(alert)) map.fit(bounds);
  else map.goTo({ lon: bounds[0], lat: bounds[1] });
}
