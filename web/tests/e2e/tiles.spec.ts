// Tiles as another program reads them: decoded by the library that MapLibre and others use, and held to what items say.
import { classifyRings, VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import type { APIRequestContext } from '@playwright/test';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { expect, test } from './page.ts';

interface TileJSON {
  tiles: string[];
  bounds: [number, number, number, number];
  numberMatched: number;
  numberInTiles: number;
  numberOutside: number;
  numberUnplaced: number;
}

const POINT = 1;
const POLYGON = 3;

async function json<T>(request: APIRequestContext, address: string): Promise<T> {
  const answer = await request.get(address);
  expect(answer.ok(), `${address}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** The columns and rows of a zoom that the bounds reach. */
function addresses([west, south, east, north]: TileJSON['bounds'], z: number): [x: number, y: number][] {
  const last = 2 ** z - 1;
  const part = (p: number) => Math.min(last, Math.max(0, Math.floor(p * 2 ** z)));
  const x = (lon: number) => part((lon + 180) / 360);
  const y = (lat: number) => part(0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI));
  const out: [number, number][] = [];
  for (let i = x(west); i <= x(east); i++) for (let j = y(north); j <= y(south); j++) out.push([i, j]);
  return out;
}

async function features(request: APIRequestContext, collection: string, template: string, place: [z: number, x: number, y: number]): Promise<VectorTileFeature[]> {
  const [z, x, y] = place;
  const answer = await request.get(template.replace('{z}', `${z}`).replace('{y}', `${y}`).replace('{x}', `${x}`));
  expect(answer.status(), await answer.text()).toBe(200);
  expect(answer.headers()['content-type']).toBe('application/vnd.mapbox-vector-tile');
  const bytes = await answer.body();
  expect(bytes.length).toBeLessThanOrEqual(500_000);
  const layer = new VectorTile(new PbfReader(bytes)).layers[collection];
  if (!layer) return [];
  expect([layer.version, layer.extent]).toEqual([2, 4096]);
  return Array.from({ length: layer.length }, (_, i) => layer.feature(i));
}

async function zoom(request: APIRequestContext, collection: string, tiles: TileJSON, z: number): Promise<VectorTileFeature[]> {
  const all: VectorTileFeature[] = [];
  for (const [x, y] of addresses(tiles.bounds, z)) all.push(...(await features(request, collection, tiles.tiles[0] ?? '', [z, x, y])));
  return all;
}

const total = (all: VectorTileFeature[], name: string) => all.reduce((sum, f) => sum + Number(f.properties[name] ?? 0), 0);

for (const filter of ['', 'mission=MINUSMA&category=ied', 'datetime=2017-01-01/2017-12-31', 'outcome=found&bbox=-5,12,2,20', "filter=killed > 0 AND target = 'peacekeepers'", 'near=-3.01,16.77&radius=300000', 'category=nothing']) {
  test(`the counts of every zoom are those of items: ${filter || 'all'}`, async ({ request }) => {
    const hits = await json<{ numberMatched: number }>(request, `/api/collections/incidents/items?resultType=hits&${encodeURI(filter)}`);
    const tiles = await json<TileJSON>(request, `/api/collections/incidents/tiles/WebMercatorQuad?sum=killed&groupby=outcome&properties=&${encodeURI(filter)}`);
    expect(tiles.numberMatched).toBe(hits.numberMatched);
    expect(tiles.numberInTiles + tiles.numberOutside + tiles.numberUnplaced).toBe(hits.numberMatched);
    const killed = new Set<number>();
    for (const z of [0, 3, 5]) {
      const all = await zoom(request, 'incidents', tiles, z);
      expect(total(all, 'count'), `zoom ${z}`).toBe(tiles.numberInTiles);
      expect(all.every((f) => f.type === POINT && Number(f.properties.count) >= 1 && f.id !== undefined)).toBe(true);
      killed.add(total(all, 'killed'));
    }
    expect([...killed], 'killed, the same at every zoom').toHaveLength(1);
  });
}

test('groups of a tile are counted as items count them', async ({ request }) => {
  const all = await features(request, 'incidents', '/api/collections/incidents/tiles/WebMercatorQuad/{z}/{y}/{x}?groupby=outcome&properties=', [0, 0, 0]);
  const outcomes = new Set(all.map((f) => f.properties.outcome).filter((o) => o !== undefined));
  expect(outcomes.size).toBeGreaterThan(2);
  for (const outcome of outcomes) {
    const tiles = await json<TileJSON>(request, `/api/collections/incidents/tiles/WebMercatorQuad?outcome=${outcome}`);
    expect(
      total(
        all.filter((f) => f.properties.outcome === outcome),
        'count',
      ),
      String(outcome),
    ).toBe(tiles.numberInTiles);
  }
});

test('a single record carries its fields and its key', async ({ request }) => {
  const list = await json<{ features: { id: number; geometry: { coordinates: [number, number] } | null; properties: Record<string, unknown> }[] }>(request, '/api/collections/bases/items?limit=20');
  // Those of the sample world alone: other tests add some, several in one place.
  for (const record of list.features.filter((f) => f.geometry && f.id <= 98)) {
    const [lon, lat] = record.geometry?.coordinates ?? [0, 0];
    const [place] = addresses([lon, lat, lon, lat], 18);
    const all = await features(request, 'bases', '/api/collections/bases/tiles/WebMercatorQuad/{z}/{y}/{x}', [18, ...(place ?? [0, 0])]);
    const drawn = all.find((f) => f.id === record.id);
    expect(drawn?.properties).toMatchObject({ count: 1, name: record.properties.name });
    const at = drawn?.toGeoJSON(...(place ?? [0, 0]), 18).geometry;
    expect(at?.type).toBe('Point');
    if (at?.type === 'Point') {
      expect(at.coordinates[0]).toBeCloseTo(lon, 5);
      expect(at.coordinates[1]).toBeCloseTo(lat, 5);
    }
  }
});

test('every area and route is drawn, with outer rings and holes told apart', async ({ request }) => {
  for (const collection of ['areas', 'routes']) {
    const tiles = await json<TileJSON>(request, `/api/collections/${collection}/tiles/WebMercatorQuad?properties=`);
    for (const z of [0, 4]) {
      const all = await zoom(request, collection, tiles, z);
      expect(new Set(all.map((f) => f.id)).size, `${collection} at zoom ${z}`).toBe(tiles.numberInTiles);
      for (const f of all.filter((g) => g.type === POLYGON)) {
        const rings = f.loadGeometry();
        expect(classifyRings(rings).flat()).toHaveLength(rings.length);
      }
    }
  }
});

test('a tile that is not there says why', async ({ request }) => {
  for (const [address, parameter] of [
    ['30/0/0', 'z'],
    ['3/8/0', 'y'],
    ['3/0/8', 'x'],
    ['one/0/0', 'z'],
  ]) {
    const answer = await request.get(`/api/collections/incidents/tiles/WebMercatorQuad/${address}`);
    expect(answer.status()).toBe(404);
    expect(await answer.json()).toMatchObject({ parameter, status: 404 });
  }
});

test('an archive of tiles is read by ranges, and holds the tiles that the server gives', async ({ request, baseURL }) => {
  const question = 'mission=MINUSMA&sum=killed';
  const archive = new PMTiles(`${baseURL}/api/collections/incidents/export?f=pmtiles&${question}`);
  const header = await archive.getHeader();
  expect([header.minZoom, header.maxZoom, header.tileType]).toEqual([0, 12, 1]);
  expect(await archive.getMetadata()).toMatchObject({ classification: 'unclassified', vector_layers: [{ id: 'incidents', minzoom: 0, maxzoom: 12 }] });
  let held = 0;
  for (const [z, x, y] of [[0, 0, 0], [3, 3, 3], [6, 31, 29], [6, 0, 0], [9, 253, 233]] as const) {
    const kept = await archive.getZxy(z, x, y);
    const given = await request.get(`/api/collections/incidents/tiles/WebMercatorQuad/${z}/${y}/${x}?${question}`);
    expect(Buffer.from(kept?.data ?? new ArrayBuffer(0)).equals(await given.body()), `${z}/${x}/${y}`).toBe(true);
    if (kept) held += new VectorTile(new PbfReader(kept.data)).layers.incidents?.length ?? 0;
  }
  expect(held).toBeGreaterThan(100);
});
