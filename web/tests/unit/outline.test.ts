import type { Polygon, Position } from 'geojson';
import { expect, it } from 'vitest';
import { limitFeature } from '../../src/medical/drawn.ts';
import { outlineOf } from '../../src/geo/outline.ts';

/** A square cell whose corners are as a neighbour might reckon them: not to the last digit. */
const square = (x: number, y: number, off = 0): Polygon => ({ type: 'Polygon', coordinates: [[[x, y], [x + 0.2, y], [x + 0.2, y + 0.2], [x, y + 0.2], [x, y]].map(([a = 0, b = 0]) => [a + off, b - off])] });

const length = (lines: Position[][]) => lines.reduce((sum, [a, b]) => sum + Math.hypot((a?.[0] ?? 0) - (b?.[0] ?? 0), (a?.[1] ?? 0) - (b?.[1] ?? 0)), 0);

it.each([
  ['one cell', [square(0, 0)], 4],
  ['two beside each other', [square(0, 0), square(0.2, 0, 1e-6)], 6],
  ['a block of four', [square(0, 0), square(0.2, 0, 1e-6), square(0, 0.2, -1e-6), square(0.2, 0.2)], 8],
  ['two apart', [square(0, 0), square(1, 1)], 8],
  ['none', [], 0],
] as const)('outline of %s', (_, cells, edges) => {
  const found = outlineOf([...cells]);
  expect(found).toHaveLength(edges);
  expect(length(found)).toBeCloseTo(0.2 * edges, 4);
});

it('a hole is outlined too', () => {
  const ring = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y])).filter(([x, y]) => x !== 1 || y !== 1);
  expect(outlineOf(ring.map(([x = 0, y = 0]) => square(0.2 * x, 0.2 * y)))).toHaveLength(16);
});

it('the limit holds what is on it, and not what is unknown or beyond', () => {
  const cell = (x: number, min: number | undefined) => ({ geometry: square(x, 0), properties: { surgery_min: min } }) as unknown as Parameters<typeof limitFeature>[0][number];
  const { geometry } = limitFeature([cell(0, 120), cell(0.2, 120.1), cell(0.4, undefined), cell(0.6, 10)], 120);
  expect(geometry.type === 'MultiLineString' && geometry.coordinates).toHaveLength(8);
});
