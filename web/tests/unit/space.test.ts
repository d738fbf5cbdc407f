import { beforeEach, describe, expect, it } from 'vitest';
import { selectionOf } from '../../src/state/selection.ts';
import { formatSpace, parseSpace, spaceText, type Space } from '../../src/state/space.ts';
import { formatView, parseView } from '../../src/state/url.ts';
import { useHistory } from '../../src/state/history.ts';
import { useView } from '../../src/state/view.ts';

const triangle: Space = { ring: [[0, 0], [2, 0], [2, 1]] };
const circle: Space = { near: [-3.0074, 16.7735123], metres: 25_000, of: { collection: 'bases', key: 12 } };

describe('the filter by place', () => {
  it('leaves out what cannot be read, and never throws', () => {
    expect(parseSpace('c:1,2,300,%E0%A4%A.5')).toEqual({ near: [1, 2], metres: 300 });
    expect(parseSpace('c:1,2,300,bases.5')).toEqual({ near: [1, 2], metres: 300, of: { collection: 'bases', key: 5 } });
  });
  it.each([triangle, circle, { near: [179.5, -16], metres: 0.5 } as Space])('comes back from the link as it was', (space) => {
    expect(parseSpace(formatSpace(space))).toEqual(space);
    expect(parseView(formatView({ ...parseView(''), space })).space).toEqual(space);
  });
  it.each(['', 'p:', 'p:0,0;1,1', 'p:0,0;1,1;x,2', 'p:0,0;500,1;2,2', 'c:0,0', 'c:0,0,-5', 'c:0,0,0', 'c:0,0,1e9', 'c:200,0,5', 'c:,0,5', 'q:1'])('is none where the link says %j', (text) => expect(parseSpace(text)).toBeUndefined());
  it('is one condition of CQL2', () => {
    expect(spaceText(triangle)).toBe('S_INTERSECTS(geometry, POLYGON((0 0, 2 0, 2 1, 0 0)))');
    expect(spaceText(circle)).toBe('S_DWITHIN(geometry, POINT(-3.0074 16.7735123), 25000)');
    expect(spaceText({ ring: [[179, 0], [-179, 0], [-179, 1], [179, 1]] })).toMatch(/^S_INTERSECTS\(geometry, MULTIPOLYGON\(\(\(.*180.*\)\), \(\(.*-180.*\)\)\)\)$/);
  });
  it('joins the other conditions of a selection', () => {
    expect(selectionOf({ fields: [], filters: { killed: { values: ['3'] } }, mission: 'MINUSMA', space: circle }).filter).toBe(`"mission" = 'MINUSMA' AND "killed" = '3' AND ${spaceText(circle)}`);
    expect(selectionOf({ fields: [], filters: {} }).filter).toBe('');
  });
});

describe('in the view', () => {
  beforeEach(() => useView.getState().follow(''));
  it('is undone and brought again', () => {
    useView.getState().setSpace(triangle);
    useView.getState().setSpace(circle);
    useHistory.getState().undo();
    expect(useView.getState().space).toEqual(triangle);
    useHistory.getState().undo();
    expect(useView.getState().space).toBeUndefined();
    useHistory.getState().redo();
    expect(useView.getState().space).toEqual(triangle);
  });
  it('is cleared with the filters, by a link without it, and in another mission', () => {
    for (const act of [() => useView.getState().clearFilters(), () => useView.getState().follow('#ms=X'), () => useView.getState().chooseMission('MINUSCA')]) {
      useView.getState().setSpace(triangle);
      act();
      expect(useView.getState().space).toBeUndefined();
    }
  });
});
