// @vitest-environment happy-dom
// Alerts: how they are read, told once, put in words and drawn; rules in the form and as they are kept.
import { createIntl } from 'react-intl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { areaOf, areaFeatures } from '../../src/alerts/shape.ts';
import { heardAlert } from '../../src/alerts/live.ts';
import { mayWriteRules } from '../../src/alerts/queries.ts';
import { docOf, draftOf, idFor, newNear, newRule, newThreshold, sums } from '../../src/alerts/rule.ts';
import { forgetAlerts, useAlerts } from '../../src/alerts/store.ts';
import { agoText, reachedText } from '../../src/alerts/words.ts';
import { alert, alertPage, alertsAddress } from '../../src/api/alerts.ts';
import type { Field } from '../../src/api/shapes.ts';
import { distance, type Place } from '../../src/geo/geodesic.ts';
import en from '../../src/i18n/messages/en.json';
import { makeWords } from '../../src/i18n/words.ts';

const words = makeWords(createIntl({ locale: 'en-GB', messages: en }));

const feature = (id: string, properties: Record<string, unknown> = {}, geometry: unknown = { type: 'Point', coordinates: [2, 13] }) => ({
  type: 'Feature', id, geometry,
  properties: { rule: 'r', title: 'Roads', headline: 'Roads: 3', severity: 'high', status: 'actual', version: 7, at: '2026-11-27T10:00:00Z', collection: 'incidents', classification: 'unclassified', mission: null, acknowledged: [], ...properties },
});

describe('an alert', () => {
  it('is read with what is absent', () => {
    expect(alert(feature('a.7'), '')).toMatchObject({ id: 'a.7', severity: 'high', key: undefined, near: undefined, radius_m: 0, acknowledged: [], deliveries: [], mission: undefined });
    expect(alert(feature('a.7', {}, null), '').geometry).toBeNull();
    expect(() => alert({ type: 'Feature', id: 'a' }, '')).toThrow('properties');
  });
  it('page tells how many fit and where it goes on', () => {
    const page = alertPage({ type: 'FeatureCollection', numberMatched: 9, numberReturned: 1, features: [feature('a')], links: [{ rel: 'self', href: '/api/alerts' }, { rel: 'next', href: '/api/alerts?before=a' }] }, '');
    expect([page.matched, page.list.length, page.next]).toEqual([9, 1, '/api/alerts?before=a']);
  });
  it('is asked for by what was chosen alone', () => {
    expect(alertsAddress({ severity: [], undelivered: false }, 50)).toBe('/api/alerts?limit=50');
    expect(alertsAddress({ severity: ['high', 'critical'], state: 'new', rule: 'a b', undelivered: true }, 5)).toBe('/api/alerts?limit=5&severity=high%2Ccritical&state=new&rule=a+b&delivery=failed');
  });
});

describe('what comes in', () => {
  beforeEach(forgetAlerts);
  afterEach(() => vi.unstubAllGlobals());
  it('is told once, and what comes meanwhile is counted', async () => {
    await heardAlert(feature('one'));
    await heardAlert(feature('one'));
    expect(useAlerts.getState().news).toMatchObject({ count: 1, alert: { id: 'one' } });
    await heardAlert(feature('two'));
    expect(useAlerts.getState().news).toEqual({ count: 2 });
  });
  it('is fetched where the event holds its id alone', async () => {
    const fetched = vi.fn((_: string) => Promise.resolve(new Response(JSON.stringify(feature('closed.1', { classification: 'confidential' })))));
    vi.stubGlobal('fetch', fetched);
    await heardAlert({ id: 'closed.1', href: 'http://elsewhere/api/alerts/closed.1' });
    expect(fetched.mock.calls.map(([to]) => to), 'of this server, whatever host the event names').toEqual(['/api/alerts/closed.1']);
    expect(useAlerts.getState().news?.alert?.classification).toBe('confidential');
  });
  it('that is none tells nothing', async () => {
    await expect(heardAlert(undefined)).rejects.toThrow();
    expect(useAlerts.getState().news).toBeUndefined();
  });
});

describe('in words', () => {
  const now = Date.UTC(2026, 10, 27, 12);
  it.each([[0, 'this minute'], [65_000, '1 minute ago'], [3 * 3_600_000, '3 hours ago'], [86_400_000, 'yesterday'], [8 * 86_400_000, '19 Nov 2026, 12:00 UTC'], [-120_000, '27 Nov 2026, 12:02 UTC']])('%i ms ago', (past, text) => expect(agoText(words, now - past, now)).toBe(text));
  it('a threshold states its value, its days and its distance', () => {
    const of = (more: Record<string, unknown>) => reachedText(words, alert(feature('t', more), ''));
    expect(of({})).toBeUndefined();
    expect(of({ reached: { value: 4, least: 3, days: 7 } })).toBe('4 Incidents within 7 days; 3 raise an alert');
    expect(of({ radius_m: 20000, reached: { value: 6, least: 5, sum: 'killed+injured', days: 7 } })).toBe('6 Killed + Injured within 7 days and 20 km; 5 raise an alert');
  });
});

describe('on the map', () => {
  it('a threshold is a disc of its radius, many are their box, one is a place alone', () => {
    const disc = areaOf(alert(feature('d', { radius_m: 20000 }), ''));
    const ring = disc?.type === 'Polygon' ? (disc.coordinates[0] ?? []) : [];
    expect(ring.length).toBe(73);
    for (const corner of ring) expect(Math.abs(distance([2, 13], corner as Place) - 20000)).toBeLessThan(0.01);
    const box = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] };
    expect(areaOf(alert(feature('b', { count: 300 }, box), ''))).toEqual(box);
    expect(areaFeatures(alert(feature('p'), ''))).toEqual([]);
    expect(areaFeatures(alert(feature('n', {}, null), ''))).toEqual([]);
    expect(areaFeatures(undefined)).toEqual([]);
  });
});

const fields: Field[] = [
  { name: 'category', type: 'string', title: '', description: '', codes: ['ied', 'mine'], geometry: false },
  { name: 'killed', type: 'integer', title: '', description: '', codes: [], geometry: false },
  { name: 'injured', type: 'integer', title: '', description: '', codes: [], geometry: false },
];

describe('a rule', () => {
  it('leaves out what is left open', () => {
    expect(docOf({ ...newRule('incidents', ''), title: ' New ' }, fields)).toEqual({ title: 'New', classification: 'unclassified', mission: null, etag: '', body: { collection: 'incidents', severity: 'medium', status: 'actual', active: true } });
  });
  it('writes rows as CQL2, and a row that nothing was chosen in not at all', () => {
    const rows = { category: { values: ['ied', 'mine'] }, killed: { from: '1', to: '' } };
    expect(docOf({ ...newRule('incidents', 'M'), rows }, fields).body.filter).toBe(`"category" IN ('ied', 'mine') AND "killed" >= 1`);
    expect(docOf({ ...newRule('incidents', 'M'), rows: { category: { values: [] } } }, fields).body.filter).toBeUndefined();
    expect(docOf({ ...newRule('incidents', 'M'), rows: { killed: { from: '', to: '' } } }, fields).body.filter).toBeUndefined();
  });
  it('comes back from the server as it went', () => {
    const draft = { ...newRule('incidents', 'MINUSMA'), title: 'T', cql2: 'killed > 0', near: { ...newNear('corridors'), keys: [4], in_season: true }, threshold: { ...newThreshold, sum: 'killed+injured', within_m: 20000 }, webhooks: [{ name: 'desk', format: 'cap' }], active: false };
    const doc = docOf(draft, fields);
    expect(doc.body).toMatchObject({ filter: 'killed > 0', near: { collection: 'corridors', radius_m: 5000, keys: [4], in_season: true }, threshold: { least: 3, days: 7, sum: 'killed+injured', within_m: 20000 } });
    expect(draftOf({ ...doc, etag: 'e' })).toEqual({ ...draft, etag: 'e' });
  });
  it('keeps a filter in JSON, and what is broken as it is for the server to refuse', () => {
    const json = { op: '=', args: [{ property: 'category' }, 'ied'] };
    const draft = draftOf({ title: '', classification: 'confidential', mission: null, etag: '', body: { collection: 'incidents', filter: json } });
    expect(draft).toMatchObject({ cql2: JSON.stringify(json), severity: 'medium', active: true, mission: '', webhooks: [] });
    expect(docOf(draft, fields).body.filter).toEqual(json);
    expect(docOf({ ...draft, cql2: '{broken' }, fields).body.filter).toBe('{broken');
  });
  it('has an id of its own', () => {
    expect(idFor('Attaques près de la route N° 16', [])).toBe('attaques-pres-de-la-route-n-16');
    expect(idFor('Roads', ['roads', 'roads-2'])).toBe('roads-3');
    expect(idFor('道路', ['rule'])).toBe('rule-2');
  });
  it('adds numbers up', () => expect(sums(fields)).toEqual(['killed+injured', 'killed', 'injured']));
  it('is written by those who may', () => {
    for (const role of ['analyst', 'editor', 'administrator'] as const) expect(mayWriteRules({ editable: true, role })).toBe(true);
    expect(mayWriteRules({ editable: true, role: 'reader' })).toBe(false);
    expect(mayWriteRules({ editable: false, role: 'editor' })).toBe(false);
    expect(mayWriteRules(undefined)).toBe(false);
  });
});
