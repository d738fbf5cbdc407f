// The only file that touches MapLibre: it takes what is to be shown and tells what was touched.
import { Map as GlMap, setWorkerUrl, type GeoJSONSource, type LayerSpecification, type MapMouseEvent } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Item } from '../api/shapes.ts';
import type { MapPosition } from '../state/url.ts';
import { gridLines, type View } from './graticule.ts';
import type { LayerKind } from './layers/layer.ts';
import { boundsOf, countriesOf, type Bounds } from './shapes.ts';
import { baseLayers, baseStyle, inMission } from './style.ts';
import { density, drawSymbol } from './symbols.ts';
import { readTokens } from './tokens.ts';

setWorkerUrl(workerUrl);

export interface LonLat {
  lon: number;
  lat: number;
}

export interface MapEvents {
  /** A record was clicked. */
  record(collection: string, key: number): void;
  /** The bare map was clicked, or Enter pressed in its middle. */
  place(at: LonLat): void;
  cursor(at: LonLat): void;
  moved(position: MapPosition, byHand: boolean): void;
}

interface Shown {
  kind: LayerKind;
  visible: boolean;
  ids: string[];
}

const sourceOf = (collection: string) => `data:${collection}`;

/** WebGL 2 is what MapLibre needs; without it the page shows tables. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

export class MapController {
  readonly #map: GlMap;
  readonly #shown = new Map<string, Shown>();
  readonly #watchers = new Set<() => void>();
  #byHand = false;
  #countries?: Promise<GeoJSON.FeatureCollection>;
  #picked: number[] = [];
  readonly ready: Promise<void>;

  constructor(container: HTMLElement, position: MapPosition, label: string, events: MapEvents) {
    this.#map = new GlMap({
      container,
      style: baseStyle(readTokens()),
      center: [position.lng, position.lat],
      zoom: position.zoom,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      maxZoom: 17,
      locale: { 'Map.Title': label },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.setMissingStyleImageResolver((id) => this.#addSymbol(id));
    this.ready = new Promise((resolve) => void this.#map.once('load', () => resolve()));
    this.#listen(events);
    window.mapIdle = () => this.#idle();
  }

  destroy() {
    this.#map.remove();
  }

  #listen(events: MapEvents) {
    const map = this.#map;
    map.on('click', (e) => this.#clicked(e, events));
    map.on('mousemove', (e) => events.cursor(lonLat(e.lngLat.wrap())));
    map.on('move', () => this.#watchers.forEach((tell) => tell()));
    map.on('movestart', (e) => (this.#byHand = 'originalEvent' in e && e.originalEvent !== undefined));
    map.on('moveend', () => {
      this.#drawGrid();
      events.moved(this.position(), this.#byHand);
      events.cursor(lonLat(map.getCenter().wrap()));
    });
    map.on('load', () => this.#drawGrid());
    map.getCanvas().addEventListener('keydown', (e) => {
      if (e.key === 'Enter') events.place(lonLat(map.getCenter().wrap()));
    });
  }

  #clicked(e: MapMouseEvent, events: MapEvents) {
    const { x, y } = e.point;
    const layers = [...this.#shown.values()].flatMap((s) => (s.visible ? s.ids : []));
    const reach = 6;
    const hits = this.#map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
    const hit = hits.find((h) => h.geometry.type.endsWith('Point')) ?? hits[0];
    if (hit && typeof hit.id === 'number') events.record(hit.source.replace(/^data:/, ''), hit.id);
    else events.place(lonLat(e.lngLat.wrap()));
  }

  /** Resolves when everything asked for is drawn: for tests and for print. */
  async #idle(): Promise<void> {
    await this.ready;
    if (this.#map.loaded() && !this.#map.isMoving()) return;
    await this.#map.once('idle');
  }

  #addSymbol(id: string): Promise<void> {
    if (!this.#map.hasImage(id)) this.#map.addImage(id, pixelsOf(id), { pixelRatio: density });
    return Promise.resolve();
  }

  /** Runs on every frame of a movement; returns the way to stop. */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  position(): MapPosition {
    const { lng, lat } = this.#map.getCenter().wrap();
    return { zoom: this.#map.getZoom(), lat, lng };
  }

  view(): View {
    const b = this.#map.getBounds();
    return { west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth(), zoom: this.#map.getZoom() };
  }

  /** Pixels from the upper left of the map. */
  project({ lon, lat }: LonLat): { x: number; y: number } {
    return this.#map.project([lon, lat]);
  }

  fit(bounds: Bounds) {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const [side, top, foot] = [Math.min(70, clientWidth / 6), Math.min(48, clientHeight / 6), Math.min(92, clientHeight / 5)];
    this.#map.fitBounds(bounds, { padding: { left: side, right: side, top, bottom: foot }, maxZoom: 9, animate: false });
  }

  goTo({ lon, lat }: LonLat, zoom = Math.max(9, this.#map.getZoom())) {
    this.#map.jumpTo({ center: [lon, lat], zoom });
  }

  jump({ zoom, lat, lng }: MapPosition) {
    this.#map.jumpTo({ center: [lng, lat], zoom });
  }

  zoom(by: 1 | -1) {
    this.#map.zoomTo(Math.round((this.#map.getZoom() + by) * 2) / 2, { duration: motion() });
  }

  focus() {
    this.#map.getCanvas().focus();
  }

  resize() {
    this.#map.resize();
  }

  /** Draws a collection's records, in place of those it had. */
  setRecords(collection: string, kind: LayerKind, items: Item[], visible: boolean) {
    const id = sourceOf(collection);
    const data: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: items.flatMap((item) => this.#painted(item, kind)) };
    const source = this.#map.getSource<GeoJSONSource>(id);
    if (source) source.setData(data);
    else this.#addLayers(id, collection, kind, data);
    this.setVisible(collection, visible);
  }

  #painted(item: Item, kind: LayerKind): GeoJSON.Feature[] {
    if (!item.geometry) return [];
    return [{ type: 'Feature', id: item.key, geometry: item.geometry, properties: kind.paint(item) }];
  }

  #addLayers(id: string, collection: string, kind: LayerKind, data: GeoJSON.FeatureCollection) {
    this.#map.addSource(id, { type: 'geojson', data });
    const layers = kind.layers(id, readTokens());
    for (const layer of layers) this.#map.addLayer(layer, `slot-${kind.slot}`);
    this.#shown.set(collection, { kind, visible: true, ids: layers.map((l) => l.id) });
    if (collection === 'bases') this.#drawPicked();
  }

  setVisible(collection: string, visible: boolean) {
    const shown = this.#shown.get(collection);
    if (!shown || shown.visible === visible) return;
    shown.visible = visible;
    for (const id of shown.ids) this.#map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
  }

  /** Picked bases change to the colour of the chosen. */
  setPicked(keys: number[]) {
    this.#picked = keys;
    this.#drawPicked();
  }

  #drawPicked() {
    const layer = `${sourceOf('bases')}-marks`;
    if (!this.#map.getLayer(layer)) return;
    this.#map.setLayoutProperty(layer, 'icon-image', ['case', ['in', ['id'], ['literal', this.#picked]], ['get', 'picked'], ['get', 'icon']]);
  }

  setSelected(geometry: GeoJSON.Geometry | undefined) {
    this.#setData('selected', geometry ? [feature(geometry)] : []);
  }

  setDiscs(discs: GeoJSON.FeatureCollection | undefined) {
    this.#setData('discs', discs?.features ?? []);
  }

  /** The place that was asked about and lines to what is near it. */
  setAsked(place: LonLat | undefined, targets: LonLat[]) {
    const from = place && [place.lon, place.lat];
    const lines = from ? targets.map((t) => feature({ type: 'LineString', coordinates: [from, [t.lon, t.lat]] })) : [];
    this.#setData('asked', from ? [...lines, feature({ type: 'Point', coordinates: from })] : []);
  }

  #setData(source: string, features: GeoJSON.Feature[]) {
    this.#map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
  }

  #drawGrid() {
    this.#setData('grid', gridLines(this.view()).features);
  }

  /** The mission's ground is lighter than the land around it: the countries that its bases stand in. One mission's border is shaded too. */
  async setMission(places: [number, number][], shaded: boolean) {
    this.#countries ??= fetch('/basemap/countries.json').then((r) => r.json() as Promise<GeoJSON.FeatureCollection>);
    const found = countriesOf(places, await this.#countries);
    this.#map.setFilter('land-mission', inMission(found));
    this.#map.setFilter('shade', inMission(shaded ? found : []));
  }

  /** Country names in the reader's language; letters stand apart, but never in Arabic. */
  async setCountryNames(nameOf: (iso: string) => string, language: string) {
    const response = await fetch('/basemap/country-names.json');
    const names = (await response.json()) as GeoJSON.FeatureCollection;
    const spacing = language.startsWith('ar') ? 0 : 0.2;
    const named = names.features.map((f) => ({ ...f, properties: { ...f.properties, spacing, name: nameOf(String(f.properties?.iso)).toLocaleUpperCase(language) } }));
    this.#setData('names', named);
  }

  /** Colours again from the style sheet, after a change of theme. */
  restyle() {
    const tokens = readTokens();
    const data = [...this.#shown].flatMap(([collection, { kind }]) => kind.layers(sourceOf(collection), tokens));
    for (const layer of [...baseLayers(tokens), ...data]) this.#repaint(layer);
    for (const id of this.#map.listImages()) this.#map.updateImage(id, pixelsOf(id));
  }

  #repaint(layer: LayerSpecification) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) this.#map.setPaintProperty(layer.id, name as 'line-color', value as string);
  }

  /** The box round everything that is drawn of a collection's records. */
  static bounds(items: Item[]): Bounds | undefined {
    return boundsOf(items.map((i) => i.geometry));
  }
}

const lonLat = ({ lng, lat }: { lng: number; lat: number }): LonLat => ({ lon: lng, lat });
const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry });

function pixelsOf(symbol: string): ImageData {
  const canvas = drawSymbol(symbol, readTokens());
  const pen = canvas.getContext('2d');
  return pen ? pen.getImageData(0, 0, canvas.width, canvas.height) : new ImageData(canvas.width, canvas.height);
}

const motion = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200);

declare global {
  interface Window {
    /** Resolves when the map has drawn all that it was given. */
    mapIdle?: () => Promise<void>;
  }
}
