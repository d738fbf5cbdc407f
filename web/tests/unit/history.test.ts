import { beforeEach, describe, expect, it } from 'vitest';
import { beginGesture, endGesture, useHistory } from '../../src/state/history.ts';
import { nothingDrawn } from '../../src/state/drawn.ts';
import { useView } from '../../src/state/view.ts';

const view = () => useView.getState();
const history = () => useHistory.getState();

beforeEach(() => {
  useView.setState({ footprint: { bases: [] }, drawn: nothingDrawn, mission: 'A' });
  useHistory.setState({ past: [], future: [] });
});

describe('undo', () => {
  it('takes back what was drawn and picked, step by step, and brings it again', () => {
    view().togglePick(3);
    view().draw({ places: [[1, 2]] });
    history().undo();
    expect(view().drawn.places).toEqual([]);
    expect(view().footprint.bases).toEqual([3]);
    history().undo();
    expect(view().footprint.bases).toEqual([]);
    history().undo();
    history().redo();
    history().redo();
    expect([view().footprint.bases, view().drawn.places]).toEqual([[3], [[1, 2]]]);
    expect(history().future).toEqual([]);
  });

  it('counts a gesture of many moves as one step', () => {
    view().draw({ places: [[0, 0]] });
    beginGesture();
    for (let i = 1; i <= 50; i++) view().draw({ places: [[i / 10, 0]] });
    endGesture();
    expect(history().past).toHaveLength(2);
    history().undo();
    expect(view().drawn.places).toEqual([[0, 0]]);
  });

  it('counts a gesture that changed nothing as none', () => {
    beginGesture();
    endGesture();
    expect(history().past).toHaveLength(0);
  });

  it('forgets what was undone when something new is drawn, and all of it with another mission', () => {
    view().draw({ places: [[1, 1]] });
    history().undo();
    view().draw({ places: [[2, 2]] });
    expect(history().future).toEqual([]);
    view().move({ zoom: 3, lat: 0, lng: 0 });
    expect(history().past).toHaveLength(1);
    view().chooseMission('B');
    expect(history().past).toEqual([]);
  });
});
