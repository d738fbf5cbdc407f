// The data on the map: each layer's sources, from records or from vector tiles, and the MapLibre layers over them.
import type { GeoJSONSource, LayerSpecification, Map as GlMap, MapGeoJSONFeature, VectorTileSource } from 'maplibre-gl';
import type { Item } from '../api/shapes.ts';
import type { LayerKind, TilePart } from './layers/layer.ts';
import type { Tokens } from './tokens.ts';

/** One set of tiles and where they are, z, y and x left open. */
export interface TileSource {
  part: TilePart;
  template: string;
}

/** What lies under a click: one record, or several that are drawn as one. */
export type Hit = { collection: string; key: number; count: number; properties: Record<string, unknown>; at: [lon: number, lat: number] };

interface Shown {
  visible: boolean;
  /** The layers as they are for some colours; the sources are there already. */
  layers(tokens: Tokens): LayerSpecification[];
  ids: string[];
}

export const sourceOf = (collection: string, part = '') => `data:${collection}${part && `:${part}`}`;

export class DataLayers {
  readonly #map: GlMap;
  readonly #tokens: () => Tokens;
  readonly #shown = new Map<string, Shown>();
  #dots = false;
  /** Tiles that wait until those asked for before have come: the latest wins, and none is drawn over by an older one. */
  readonly #waiting = new Map<string, string>();
  /** While layers change, MapLibre holds their source still and would miss that its tiles are others. */
  #settling = false;
  readonly #templates = new Map<string, string>();
  /** Source -> collection. */
  readonly #owners = new Map<string, string>();

  constructor(map: GlMap, tokens: () => Tokens) {
    this.#map = map;
    this.#tokens = tokens;
    map.on('sourcedata', () => this.#waiting.size && this.#send());
    map.on('idle', () => this.#waiting.size && this.#send());
  }

  /** Draws a collection's records, in place of those it had. */
  setRecords(collection: string, kind: LayerKind, items: Item[], visible: boolean) {
    const id = sourceOf(collection);
    this.#owners.set(id, collection);
    const data: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: items.flatMap(featureOf) };
    const source = this.#map.getSource<GeoJSONSource>(id);
    if (source) source.setData(data);
    else {
      this.#map.addSource(id, { type: 'geojson', data });
      this.#add(collection, kind, (tokens) => this.#dotted(collection, kind.layers(id, tokens), tokens));
    }
    this.setVisible(collection, visible);
  }

  /** Draws a collection from tiles. The old tiles stay until the new ones are there. */
  setTiles(collection: string, kind: LayerKind, sources: TileSource[], visible: boolean) {
    const layers = (tokens: Tokens) => this.#dotted(collection, sources.flatMap(({ part }) => part.layers(sourceOf(collection, part.name), tokens).map((layer) => ({ ...layer, 'source-layer': collection }) as LayerSpecification)), tokens);
    const fresh = !this.#shown.has(collection);
    if (!fresh) {
      this.#change(collection, layers);
      this.setVisible(collection, visible);
    }
    for (const { part, template } of sources) {
      this.#owners.set(sourceOf(collection, part.name), collection);
      this.#setSource(sourceOf(collection, part.name), template);
    }
    if (fresh) {
      this.#add(collection, kind, layers);
      this.setVisible(collection, visible);
    }
  }

  #setSource(id: string, template: string) {
    if (this.#templates.get(id) === template) return;
    this.#templates.set(id, template);
    if (!this.#map.getSource(id)) {
      this.#map.addSource(id, { type: 'vector', tiles: [template], maxzoom: 17 });
      return;
    }
    this.#waiting.set(id, template);
    this.#send();
  }

  /** Asks for the tiles of a collection again; those on the map stay until the new ones are there. */
  refresh(collection: string) {
    for (const [id, owner] of this.#owners) {
      const template = owner === collection ? this.#templates.get(id) : undefined;
      if (template) this.#waiting.set(id, template);
    }
    this.#send();
  }

  #send() {
    if (this.#settling) return;
    for (const [id, template] of this.#waiting) {
      if (!this.#map.isSourceLoaded(id)) continue;
      this.#waiting.delete(id);
      this.#map.getSource<VectorTileSource>(id)?.setTiles([template]);
    }
  }

  /** Whether tiles are still to be asked for. */
  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  #add(collection: string, kind: LayerKind, layers: Shown['layers']) {
    const specs = layers(this.#tokens());
    for (const layer of specs) this.#map.addLayer(layer, `slot-${kind.slot}`);
    this.#shown.set(collection, { visible: true, layers, ids: specs.map((l) => l.id) });
  }

  /** More or fewer records may be drawn from another zoom on, and in other classes. */
  #change(collection: string, layers: Shown['layers']) {
    const shown = this.#shown.get(collection);
    if (shown) shown.layers = layers;
    for (const layer of layers(this.#tokens())) {
      const { minzoom = 0, maxzoom = 24 } = this.#map.getLayer(layer.id) ?? {};
      const [from, to] = [layer.minzoom ?? 0, layer.maxzoom ?? 24];
      if (minzoom !== from || maxzoom !== to) {
        this.#map.setLayerZoomRange(layer.id, from, to);
        this.#settle();
      }
      if (repaint(this.#map, layer)) this.#settle();
    }
  }

  #settle() {
    if (this.#settling) return;
    this.#settling = true;
    void this.#map.once('render', () => {
      this.#settling = false;
      this.#send();
    });
  }

  /** Single incidents as dots, while an analysis fills the ground that they stand on. */
  setDots(on: boolean) {
    if (this.#dots === on) return;
    const before = this.specs(this.#tokens());
    this.#dots = on;
    const after = new Map(this.specs(this.#tokens()).map((spec) => [spec.id, spec]));
    for (const { id, paint } of before)
      for (const name of Object.keys(paint ?? {})) if (!(name in (after.get(id)?.paint ?? {}))) this.#map.setPaintProperty(id, name as 'line-color', undefined);
    this.restyle();
  }

  #dotted = (collection: string, specs: LayerSpecification[], tokens: Tokens) => (this.#dots && collection === 'incidents' ? specs.map((spec) => dotOf(spec, tokens)) : specs);

  setVisible(collection: string, visible: boolean) {
    const shown = this.#shown.get(collection);
    if (!shown || shown.visible === visible) return;
    shown.visible = visible;
    this.#settle();
    for (const id of shown.ids) this.#map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
  }

  /** All layers as they are for some colours. */
  specs(tokens: Tokens): LayerSpecification[] {
    return [...this.#shown.values()].flatMap(({ layers }) => layers(tokens));
  }

  /** Colours anew, after a change of theme. */
  restyle() {
    for (const layer of this.specs(this.#tokens())) if (repaint(this.#map, layer)) this.#settle();
  }

  /** The mark nearest to a pixel and within its reach, the upper one of two; points before lines and areas. */
  hit({ x, y }: { x: number; y: number }, reach: number): Hit | undefined {
    const layers = [...this.#shown.values()].flatMap((s) => (s.visible ? s.ids : []));
    const hits = this.#map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
    const away = ({ geometry }: MapGeoJSONFeature) => {
      if (geometry.type !== 'Point') return Infinity;
      const [lon = 0, lat = 0] = geometry.coordinates;
      const at = this.#map.project([lon, lat]);
      return Math.round(Math.hypot(at.x - x, at.y - y));
    };
    const [hit] = hits.map((h) => ({ h, away: away(h) })).sort((a, b) => a.away - b.away).map(({ h }) => h);
    const collection = this.#owners.get(hit?.source ?? '');
    return hit && collection && typeof hit.id === 'number' ? hitOf(hit, collection, hit.id, this.#map.unproject([x, y])) : undefined;
  }
}

/** Pixels of a dot's radius, and the part of its size that a symbol keeps as one. */
const [dotRadius, dotScale] = [1.7, 0.22];

function dotOf(spec: LayerSpecification, t: Tokens): LayerSpecification {
  if (spec.type === 'circle') return { ...spec, paint: { ...spec.paint, 'circle-radius': dotRadius, 'circle-color': t['d-other'], 'circle-stroke-width': 0 } };
  if (spec.type !== 'symbol') return spec;
  if (spec.layout?.['icon-image'] === undefined) return { ...spec, paint: { ...spec.paint, 'text-opacity': 0 } };
  return { ...spec, layout: { ...spec.layout, 'icon-size': dotScale } };
}

/** Whether anything changed. Only that goes to MapLibre: setting a paint property again would lay its tiles anew. */
export function repaint(map: GlMap, layer: LayerSpecification): boolean {
  let changed = resize(map, layer);
  for (const [name, value] of Object.entries(layer.paint ?? {})) {
    const now = map.getPaintProperty(layer.id, name as 'line-color');
    if (JSON.stringify(now) === JSON.stringify(value)) continue;
    map.setPaintProperty(layer.id, name as 'line-color', value as string);
    changed = true;
  }
  return changed;
}

/** The one part of a layout that changes by itself. */
function resize(map: GlMap, layer: LayerSpecification): boolean {
  const size = layer.type === 'symbol' ? layer.layout?.['icon-size'] : undefined;
  if (size === undefined || JSON.stringify(map.getLayoutProperty(layer.id, 'icon-size')) === JSON.stringify(size)) return false;
  map.setLayoutProperty(layer.id, 'icon-size', size);
  return true;
}

function featureOf({ key, geometry, properties }: Item): GeoJSON.Feature[] {
  return geometry ? [{ type: 'Feature', id: key, geometry, properties }] : [];
}

function hitOf(hit: MapGeoJSONFeature, collection: string, key: number, clicked: { lng: number; lat: number }): Hit {
  const [lon = clicked.lng, lat = clicked.lat] = hit.geometry.type === 'Point' ? hit.geometry.coordinates : [];
  return { collection, key, count: Number(hit.properties.count) || 1, properties: hit.properties, at: [lon, lat] };
}
