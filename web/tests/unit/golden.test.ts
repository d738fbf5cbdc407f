// The answers that the Go tests keep are the answers that this page reads.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Decoder } from '../../src/api/decode.ts';
import { footprint } from '../../src/api/footprint.ts';
import { indicator } from '../../src/api/indicator.ts';
import { tileSet } from '../../src/api/tiles.ts';
import { collections, fields, item, landing, page, problemOf, process as processOf } from '../../src/api/shapes.ts';

function golden<T>(name: string, decoder: Decoder<T>): T {
  const file = new URL(`../../../api/testdata/${name}.json`, import.meta.url);
  const { response } = JSON.parse(readFileSync(file, 'utf8')) as { response: { body: unknown } };
  return decoder(response.body, '');
}

describe('answers kept by the server’s own tests', () => {
  it('landing', () => expect(golden('landing', landing).title).toBe('Bivouac'));
  it('collections', () => expect(golden('collections', collections).collections.every((c) => c.id && ['point', 'line', 'polygon', 'any', 'none'].includes(c.geometryType))).toBe(true));
  it('schema and queryables', () => {
    for (const name of ['schema', 'queryables']) {
      const found = golden(name, fields);
      expect(found.length, name).toBeGreaterThan(2);
      expect(found.some((f) => f.geometry), name).toBe(true);
    }
  });
  it('items, a page of them, none, and hits', () => {
    expect(golden('items', page).items.length).toBeGreaterThan(0);
    expect(golden('items-page', page).next).toMatch(/after=/);
    expect(golden('items-none', page)).toMatchObject({ items: [], matched: 0 });
    expect(golden('items-hits', page)).toMatchObject({ items: [] });
    expect(golden('items-hits', page).matched).toBeGreaterThan(0);
  });
  it('the nearest, outward, with distance and bearing', () => {
    const { items } = golden('items-near', page);
    const distances = items.map((i) => Number(i.properties.distance_m));
    expect(distances.length).toBeGreaterThan(1);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(items.every((i) => typeof i.properties.bearing_deg === 'number' || i.properties.distance_m === 0)).toBe(true);
  });
  it('one item', () => expect(golden('item', item).key).toBeGreaterThan(0));
  it('a process and its answer', () => {
    expect(golden('process-footprint', processOf).inputs).toHaveProperty('bases');
    const answer = golden('execution-footprint', footprint);
    expect(answer.collections[0]?.id).toBe('places');
    expect(answer.rings?.type).toBe('FeatureCollection');
  });
  it('counts, shares and rates by period', () => {
    const { periods, total, method } = golden('execution-indicator', indicator);
    expect(periods.length).toBeGreaterThan(0);
    expect(periods.reduce((sum, p) => sum + p.count, 0)).toBe(total.count);
    expect(periods.every((p) => p.start < p.end)).toBe(true);
    expect(method).toMatch(/Wilson/);
  });
  it('where the tiles are and how much they hold', () => {
    const set = golden('tilejson', tileSet);
    expect(set.numberMatched).toBe(set.numberInTiles + set.numberOutside + set.numberUnplaced);
    expect(set.tiles[0]).toContain('{z}/{y}/{x}');
  });
  it('a problem names its parameter', () => expect(golden('problem-limit', problemOf)).toMatchObject({ status: 400, parameter: 'limit' }));
});

it('the types are those of the server’s description', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/gen-api.mjs', import.meta.url)), '--check'], { stdio: 'pipe' });
}, 30_000);
