// The only file that touches MapLibre: it takes what is to be shown and tells what was touched.
import { addProtocol, Map as GlMap, setWorkerUrl, type GeoJSONSource, type MapMouseEvent, type MapOptions } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Item } from '../api/shapes.ts';
import type { MapPosition } from '../state/url.ts';
import { DataLayers, repaint, sourceOf, type Hit, type TileSource } from './data.ts';
import { onPage } from './onPage.ts';
import { countryNames } from './countries.ts';
import { listenDrags, type MapTool } from './drag.ts';
import { gridLines, type View } from './graticule.ts';
import { baseIcon } from './layers/bases.ts';
import type { LayerKind } from './layers/layer.ts';
import { metresPerPixel, recoloured, type OwnPicture, type Picture } from './picture.ts';
import { countriesOf, type Bounds } from './shapes.ts';
import { Stills } from './still.ts';
import { baseLayers, baseStyle, inMission } from './style.ts';
import { fillsGround, resultAt } from './resultLayers.ts';
import { reachFade, type ToolSource } from './toolLayers.ts';
import { openedAt, shiftAt } from './planLayers.ts';
import { wayAt } from './wayLayers.ts';
import { pixelsOf, withSymbols } from './images.ts';
import { readTokens } from './tokens.ts';
import { loadMarked, markedScheme } from './tileMarks.ts';

setWorkerUrl(workerUrl);
addProtocol(markedScheme, loadMarked);

export interface LonLat {
  lon: number;
  lat: number;
}

export interface MapEvents {
  /** A record was clicked. */
  record(collection: string, key: number, hit: Hit): void;
  /** Several records were clicked that are drawn as one. */
  group(hit: Hit): void;
  /** The bare map was clicked, or Enter pressed in its middle. */
  place(at: LonLat): void;
  /** A shape of an analysis was clicked, by its number; or the pointer is over it, or over none. */
  result(index: number): void;
  overResult(index: number | undefined): void;
  /** A way was clicked, by its id; or a base that a scenario opens or moves. */
  way(id: string): void;
  opened(base: { key: number; name: string }): void;
  /** A place was clicked for which a scenario changes something, by its key. */
  shift(key: number): void;
  cursor(at: LonLat): void;
  moved(position: MapPosition, byHand: boolean): void;
}

const newMap = (options: MapOptions) => withSymbols(new GlMap(options));

export class MapController {
  readonly #map: GlMap;
  readonly #data: DataLayers;
  readonly #watchers = new Set<() => void>();
  #byHand = false;
  #countries?: Promise<GeoJSON.FeatureCollection>;
  #picked: number[] = [];
  #tool?: MapTool;
  #results = false;
  readonly #stills = new Stills(newMap);
  readonly ready: Promise<void>;

  constructor(container: HTMLElement, position: MapPosition, label: string, events: MapEvents) {
    this.#map = newMap({
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
    this.ready = new Promise((resolve) => void this.#map.once('load', () => resolve()));
    this.#data = new DataLayers(this.#map, readTokens);
    this.#listen(events);
    onPage.add(this);
  }

  destroy() {
    onPage.delete(this);
    this.#map.remove();
  }

  #listen(events: MapEvents) {
    const map = this.#map;
    map.on('click', (e) => this.#clicked(e, events));
    listenDrags(map, () => this.#tool);
    map.on('mousemove', (e) => {
      events.cursor(lonLat(e.lngLat.wrap()));
      this.#tool?.move(lonLat(e.lngLat.wrap()));
      if (this.#results) events.overResult(this.#tool ? undefined : resultAt(map, e.point, 4));
    });
    map.on('dblclick', (e) => this.#tool && e.preventDefault());
    map.on('move', () => this.#watchers.forEach((tell) => tell()));
    map.on('movestart', (e) => (this.#byHand = 'originalEvent' in e && e.originalEvent !== undefined));
    map.on('moveend', () => {
      this.#drawGrid();
      events.moved(this.position(), this.#byHand);
      events.cursor(lonLat(map.getCenter().wrap()));
    });
    map.on('load', () => this.#drawGrid());
    map.getCanvas().addEventListener('keydown', (e) => {
      if (e.key !== 'Enter') return;
      const middle = lonLat(map.getCenter().wrap());
      if (this.#tool) this.#tool.enter(middle);
      else events.place(middle);
    });
  }

  #clicked(e: MapMouseEvent, events: MapEvents) {
    if (this.#tool) return this.#tool.click(lonLat(e.lngLat.wrap()));
    const hit = this.#data.hit(e.point, 6);
    const result = this.#results ? resultAt(this.#map, e.point, 6) : undefined;
    const way = wayAt(this.#map, e.point, 5);
    const opened = openedAt(this.#map, e.point, 6);
    const shift = shiftAt(this.#map, e.point, 4);
    if (opened) events.opened(opened);
    else if (way !== undefined) events.way(way);
    else if (shift !== undefined && hit?.collection !== 'bases') events.shift(shift);
    else if (result !== undefined) events.result(result);
    else if (hit && hit.count > 1) events.group(hit);
    else if (hit) events.record(hit.collection, hit.key, hit);
    else events.place(lonLat(e.lngLat.wrap()));
  }

  /** Resolves when everything asked for is drawn: for tests, for print, and before time plays on. */
  async drawn(): Promise<void> {
    await this.ready;
    while (this.#data.busy || !this.#map.loaded() || this.#map.isMoving()) await this.#map.once('idle');
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

  unproject({ x, y }: { x: number; y: number }): LonLat {
    return lonLat(this.#map.unproject([x, y]).wrap());
  }

  metresPerPixel(): number {
    return metresPerPixel(this.#map);
  }

  /** The same ground drawn anew for a frame of its own, in the colours of the page as it is then: for paper and pictures. */
  picture({ clientWidth: width, clientHeight: height }: HTMLElement, fineness: number, own?: OwnPicture): Promise<Picture> {
    const style = () => {
      const tokens = readTokens();
      const shown = recoloured(this.#map.getStyle(), [...baseLayers(tokens), ...this.#data.specs(tokens)]);
      return own ? own.style(shown, tokens) : shown;
    };
    return this.#stills.take({ width, height, fineness, style, bounds: own?.bounds ?? this.#map.getBounds(), padding: own ? own.padding ?? 36 : 0, places: own?.places ?? [] });
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

  setRecords(collection: string, kind: LayerKind, items: Item[], visible: boolean) {
    this.#data.setRecords(collection, kind, items, visible);
    if (collection === 'bases') this.#drawPicked();
  }

  setTiles(collection: string, kind: LayerKind, sources: TileSource[], visible: boolean) {
    this.#data.setTiles(collection, kind, sources, visible);
  }

  /** The same tiles, asked for again: their records have changed. */
  refreshTiles(collection: string) {
    this.#data.refresh(collection);
  }

  setVisible(collection: string, visible: boolean) {
    this.#data.setVisible(collection, visible);
  }

  /** Picked bases change to the colour of the chosen. */
  setPicked(keys: number[]) {
    this.#picked = keys;
    this.#drawPicked();
  }

  #drawPicked() {
    const layer = `${sourceOf('bases')}-marks`;
    if (!this.#map.getLayer(layer)) return;
    this.#map.setLayoutProperty(layer, 'icon-image', baseIcon(this.#picked));
  }

  setSelected(geometry: GeoJSON.Geometry | undefined) {
    this.#setData('selected', geometry ? [feature(geometry)] : []);
  }

  /** Takes a tool in hand, or puts it down. */
  hold(tool: MapTool | undefined) {
    this.#tool = tool;
    this.#map.getCanvas().style.cursor = tool ? 'crosshair' : '';
  }

  /** The footprint is greyed while the next one is computed. */
  dimReach(dim: boolean) {
    for (const [id, property, value] of reachFade(dim)) this.#map.setPaintProperty(id, property, value);
  }

  setDrawing(source: ToolSource, features: GeoJSON.Feature[]) {
    if (source === 'result') this.#results = features.length > 0;
    if (source === 'result') this.#data.setDots(fillsGround(features));
    this.#setData(source, features);
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

  /** Country names in the reader's language. */
  async setCountryNames(nameOf: (iso: string) => string, language: string) {
    this.#setData('names', await countryNames(nameOf, language));
  }

  /** Colours again from the style sheet, after a change of theme. */
  restyle() {
    const tokens = readTokens();
    for (const layer of baseLayers(tokens)) repaint(this.#map, layer);
    this.#data.restyle();
    for (const id of this.#map.listImages()) this.#map.updateImage(id, pixelsOf(id));
  }
}

const lonLat = ({ lng, lat }: { lng: number; lat: number }): LonLat => ({ lon: lng, lat });
const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry });
const motion = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200);
