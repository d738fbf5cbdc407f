// @vitest-environment happy-dom
// News, the stream they come by, and the marking of what is shown.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { concerns } from '../../src/api/cache.ts';
import { highest, markingOf, upTo } from '../../src/api/marking.ts';
import { connect } from '../../src/live/connect.ts';
import { collectionsOf, forgetNews, newsOf, takeWaiting, useLive } from '../../src/live/store.ts';
import { askedOf, markedUrl, noteTile, tileMarking, useTileMarks } from '../../src/map/tileMarks.ts';
import { formatView, parseView } from '../../src/state/url.ts';
import { parseMoment } from '../../src/state/time.ts';

const touch = (collection: string | undefined, added = 0, replaced = 0, removed = 0) => ({ collection, document: collection ? undefined : 'view', added, replaced, removed });
const commit = (version: number, ...touched: ReturnType<typeof touch>[]) => ({ version, at: '2026-11-20T10:00:00Z', author: 'bob', reason: '', undoes: undefined, touched });

beforeEach(() => {
  forgetNews();
  useLive.setState({ epochs: {} });
});

describe('news', () => {
  it('are added up by collection and in all', () => {
    const waiting = [commit(101, touch('bases', 2, 1)), commit(102, touch('bases', 0, 0, 1), touch('incidents', 3)), commit(103, touch(undefined, 1))];
    expect(newsOf(waiting)).toEqual({ added: 5, others: 2 });
    expect(newsOf(waiting, 'incidents')).toEqual({ added: 3, others: 0 });
    expect(collectionsOf(waiting)).toEqual(['bases', 'incidents']);
  });
  it('are heard once, and only where records were touched', () => {
    const { heard } = useLive.getState();
    heard(commit(104, touch('bases', 1)));
    heard(commit(104, touch('bases', 1)));
    heard(commit(105, touch(undefined, 1)));
    expect(useLive.getState().waiting.map((c) => c.version)).toEqual([104]);
  });
  it('are taken in for one collection, and the others wait', () => {
    useLive.setState({ waiting: [commit(106, touch('bases', 1), touch('routes', 0, 1)), commit(107, touch('bases', 1))] });
    takeWaiting([], 'bases');
    expect(newsOf(useLive.getState().waiting)).toEqual({ added: 0, others: 1 });
    expect(useLive.getState().epochs).toEqual({ bases: 1 });
    takeWaiting([]);
    expect(useLive.getState()).toMatchObject({ waiting: [], epochs: { bases: 1, routes: 1 } });
  });
  it('of everything bring everything in', () => {
    useLive.getState().reloadAsked();
    takeWaiting(['bases', 'incidents']);
    expect(useLive.getState()).toMatchObject({ everything: false, epochs: { bases: 1, incidents: 1 } });
  });
  it('concern the questions about their collections, and no others', () => {
    for (const key of [['records', 'bases', {}], ['item', 'bases', 2], ['indicator', { collection: 'bases' }], ['history', 'bases', 2], ['collections'], ['changes']]) expect(concerns(key, ['bases']), String(key)).toBe(true);
    for (const key of [['records', 'routes', {}], ['session'], ['indicator', { collection: 'incidents' }], ['nearest', 'places', {}]]) expect(concerns(key, ['bases']), String(key)).toBe(false);
  });
});

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static made: FakeSource[] = [];
  readyState = 1;
  constructor(readonly url: string) {
    super();
    FakeSource.made.push(this);
  }
  close() {
    this.readyState = 2;
  }
  say(type: string, data: unknown, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
}

describe('the stream', () => {
  beforeEach(() => {
    FakeSource.made = [];
    vi.stubGlobal('EventSource', FakeSource);
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('tells commits, and asks for all when it is told to', () => {
    const stop = connect();
    const [source] = FakeSource.made;
    source?.say('hello', { version: 200, store: 's' }, 's-200');
    expect(useLive.getState().connected).toBe(true);
    source?.say('commit', commit(201, touch('bases', 1)), 's-201');
    expect(useLive.getState().waiting).toHaveLength(1);
    source?.say('commit', { nonsense: true });
    expect(useLive.getState().everything, 'what cannot be read is a change all the same').toBe(true);
    stop();
    expect(source?.readyState).toBe(2);
  });

  it('that was refused is opened again from where it broke, after longer and longer', () => {
    const stop = connect();
    const [first] = FakeSource.made;
    first?.say('hello', { version: 202, store: 's' }, 's-202');
    first?.close();
    first?.dispatchEvent(new Event('error'));
    expect(useLive.getState().connected).toBe(false);
    vi.advanceTimersByTime(2_000);
    expect(FakeSource.made).toHaveLength(2);
    const second = FakeSource.made[1];
    expect(second?.url).toBe('/api/events?last=s-202');
    second?.close();
    second?.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(3_900);
    expect(FakeSource.made).toHaveLength(2);
    vi.advanceTimersByTime(200);
    expect(FakeSource.made).toHaveLength(3);
    stop();
  });

  it('is left to the browser while it mends the line itself', () => {
    const stop = connect();
    FakeSource.made[0]?.say('hello', { version: 203, store: 's' });
    FakeSource.made[0]?.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(60_000);
    expect(FakeSource.made).toHaveLength(1);
    stop();
  });
});

describe('markings', () => {
  it('the highest counts, and one that nobody knows counts as the highest of all', () => {
    expect(highest([])).toBe('unclassified');
    expect(highest(['unclassified', undefined, 'confidential', ''])).toBe('confidential');
    expect(highest(['confidential', 'cosmic'])).toBe('strictly_confidential');
    expect(upTo('confidential')).toEqual(['unclassified', 'confidential']);
  });
  it('are read from answers and from pages of them', () => {
    expect(markingOf({ marking: 'confidential' })).toEqual(['confidential']);
    expect(markingOf({ pages: [{ marking: 'confidential' }, {}] })).toEqual(['confidential']);
    expect(markingOf(['confidential'])).toEqual([]);
  });
  it('of tiles count where the tile is what the view shows of a layer that is shown', () => {
    useTileMarks.setState({ marks: {} });
    const tile = 'http://h/api/collections/incidents/tiles/WebMercatorQuad/6/28/31?filter=a&properties=';
    noteTile(tile, 'confidential');
    noteTile(tile.replace('/28/31', '/28/32'), 'unclassified');
    const { marks } = useTileMarks.getState();
    expect(Object.keys(marks)).toEqual([tile]);
    const view = { west: -4, south: 15, east: -1, north: 18, zoom: 6.7 };
    const shown = [{ collection: 'incidents', asked: askedOf({ filter: 'a' }) }];
    expect(tileMarking(marks, view, shown)).toBe('confidential');
    expect(tileMarking(marks, { ...view, west: 10, east: 12 }, shown), 'elsewhere').toBe('unclassified');
    expect(tileMarking(marks, { ...view, zoom: 7.1 }, shown), 'of another zoom').toBe('unclassified');
    expect(tileMarking(marks, view, [{ collection: 'incidents', asked: askedOf({ filter: 'b' }) }]), 'of another selection').toBe('unclassified');
    expect(tileMarking(marks, view, []), 'of a hidden layer').toBe('unclassified');
    noteTile(tile, 'unclassified');
    expect(useTileMarks.getState().marks).toEqual({});
  });
  it('tiles are fetched where their headers can be read', () => expect(markedUrl('https://h/api/x/{z}')).toBe('marked://h/api/x/{z}'));
});

describe('the past in a link', () => {
  it('is a moment to the second', () => {
    expect(parseMoment('2026-11-20T10:00Z')).toBe('2026-11-20T10:00:00Z');
    for (const text of ['2026-11-31T10:00:00Z', '2026-11-20', '2026-11-20T25:00Z', 'now', undefined]) expect(parseMoment(text), text).toBeUndefined();
  });
  it('stays in it', () => {
    expect(parseView('#as=2026-11-20T10:00:00Z').asof).toBe('2026-11-20T10:00:00Z');
    expect(formatView(parseView('#as=2026-11-20T10:00:00Z'))).toContain('as=2026-11-20T10:00:00Z');
    expect(parseView('#as=yesterday').asof).toBeUndefined();
  });
});
