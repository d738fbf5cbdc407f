import type { Geometry } from 'geojson';
import { describe, expect, it } from 'vitest';
import { inserted, middlesOf, moved, removed, shapeOf, shifted, verticesOf } from '../../src/geo/vertices.ts';

const square: Geometry = { type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]] };
const two: Geometry = { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]], [[5.2, 5.1], [5.4, 5.1], [5.4, 5.2], [5.2, 5.1]]]] };
const way: Geometry = { type: 'LineString', coordinates: [[0, 0, 100], [2, 0, 300], [2, 2, 500]] };

describe('vertices', () => {
  it('tells a ring once, and every part of a shape of many', () => {
    expect(verticesOf(square).map((v) => v.path)).toEqual([[0, 0], [0, 1], [0, 2], [0, 3]]);
    expect(verticesOf(two)).toHaveLength(9);
    expect(verticesOf(two).at(-1)).toEqual({ path: [1, 1, 2], at: [5.4, 5.2] });
    expect(verticesOf({ type: 'Point', coordinates: [3, 4] })).toEqual([{ path: [], at: [3, 4] }]);
    expect(verticesOf({ type: 'GeometryCollection', geometries: [] })).toEqual([]);
  });

  it('moves one, and a ring stays closed', () => {
    expect(moved(square, [0, 0], [-1, -1])).toEqual({ type: 'Polygon', coordinates: [[[-1, -1], [2, 0], [2, 2], [0, 2], [-1, -1]]] });
    expect(moved({ type: 'Point', coordinates: [3, 4, 80] }, [], [5, 6])).toEqual({ type: 'Point', coordinates: [5, 6, 80] });
    const changed = moved(two, [1, 1, 2], [5.5, 5.3]);
    expect(verticesOf(changed).at(-1)?.at).toEqual([5.5, 5.3]);
    expect(verticesOf(changed).slice(0, 8)).toEqual(verticesOf(two).slice(0, 8));
  });

  it('leaves the shape that it was given as it was', () => {
    const before = JSON.stringify(square);
    moved(square, [0, 1], [9, 9]);
    inserted(square, [0, 1], [1, 0]);
    removed(square, [0, 1]);
    expect(JSON.stringify(square)).toBe(before);
  });

  it('puts one in between two, with the height between theirs', () => {
    expect(middlesOf(way)).toEqual([{ path: [1], at: [1, 0] }, { path: [2], at: [2, 1] }]);
    expect(inserted(way, [1], [1, 0.5])).toEqual({ type: 'LineString', coordinates: [[0, 0, 100], [1, 0.5, 200], [2, 0, 300], [2, 2, 500]] });
    const last = middlesOf(square).at(-1);
    expect(last).toEqual({ path: [0, 4], at: [0, 1] });
    expect(inserted(square, [0, 4], [-1, 1])).toEqual({ type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [-1, 1], [0, 0]]] });
  });

  it('finds the middle the short way over the date line', () => {
    expect(middlesOf({ type: 'LineString', coordinates: [[179, 0], [-179, 2]] })[0]?.at).toEqual([180, 1]);
  });

  it('takes one away, but never so many that no shape is left', () => {
    expect(removed(square, [0, 0])).toEqual({ type: 'Polygon', coordinates: [[[2, 0], [2, 2], [0, 2], [2, 0]]] });
    expect(removed(two, [0, 0, 0])).toBeUndefined();
    expect(removed(way, [1])).toEqual({ type: 'LineString', coordinates: [[0, 0, 100], [2, 2, 500]] });
    expect(removed({ type: 'LineString', coordinates: [[0, 0], [1, 1]] }, [0])).toBeUndefined();
    expect(removed({ type: 'Point', coordinates: [0, 0] }, [])).toBeUndefined();
  });

  it('moves the whole', () => {
    expect(shifted(way, [1, -1])).toEqual({ type: 'LineString', coordinates: [[1, -1, 100], [3, -1, 300], [3, 1, 500]] });
    expect(verticesOf(shifted(two, [10, 0])).at(-1)?.at).toEqual([15.4, 5.2]);
    expect(shifted({ type: 'Point', coordinates: [179.5, 0] }, [1, 0])).toEqual({ type: 'Point', coordinates: [-179.5, 0] });
  });
});

describe('a new shape', () => {
  it('takes the places in their order; a ring runs anticlockwise and is closed', () => {
    expect(shapeOf('point', [[1, 2]])).toEqual({ type: 'Point', coordinates: [1, 2] });
    expect(shapeOf('line', [[1, 2], [3, 4]])).toEqual({ type: 'LineString', coordinates: [[1, 2], [3, 4]] });
    expect(shapeOf('polygon', [[0, 0], [0, 2], [2, 2]])).toEqual({ type: 'Polygon', coordinates: [[[2, 2], [0, 2], [0, 0], [2, 2]]] });
  });
  it('is none while there are too few', () => {
    expect(shapeOf('point', [])).toBeUndefined();
    expect(shapeOf('line', [[1, 2]])).toBeUndefined();
    expect(shapeOf('polygon', [[1, 2], [2, 3]])).toBeUndefined();
  });
});
