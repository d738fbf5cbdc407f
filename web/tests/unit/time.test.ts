import { describe, expect, it } from 'vitest';
import { domainOf } from '../../src/panels/histogram.ts';
import { heldIn, roundTicks, rowsOf, timeScale, timeTicks } from '../../src/charts/scale.ts';
import { addSteps, barStep, dayMs, dayOf, firstToPlay, held, isRange, msOf, nextDay, parseRange, rangeOf, spanOf, startOf, stepped, steps, type Domain } from '../../src/state/time.ts';
import { parseDay } from '../../src/state/typed.ts';

const domain: Domain = [msOf('2013-07-01'), msOf('2018-09-01')];

describe('days', () => {
  it('are real ones', () => {
    expect(msOf('2016-02-29')).toBe(Date.UTC(2016, 1, 29));
    for (const bad of ['2017-02-29', '2017-13-01', '2017-1-1', '', 'x', '2017-04-31']) expect(msOf(bad), bad).toBeNaN();
    expect(nextDay('2016-02-29')).toBe('2016-03-01');
  });
  it('a range holds both its ends, and comes back from its span', () => {
    expect(spanOf({ from: '2016-01-01', to: '2016-01-01' })).toEqual([Date.UTC(2016, 0, 1), Date.UTC(2016, 0, 2)]);
    for (let d = 0; d < 800; d += 13) {
      const range = { from: dayOf(domain[0] + d * dayMs), to: dayOf(domain[0] + (d + (d % 57)) * dayMs) };
      expect(rangeOf(spanOf(range))).toEqual(range);
      expect(parseRange(`${range.from}/${range.to}`)).toEqual(range);
    }
  });
  it('a range that ends before it starts is none', () => {
    expect(isRange({ from: '2018-01-02', to: '2018-01-01' })).toBe(false);
    expect(parseRange('2018-01-02/2018-01-01')).toBeUndefined();
    expect(parseRange('2018-01-02/')).toBeUndefined();
  });
});

describe('steps', () => {
  it.each([
    ['2016-01-31', 'month', 1, '2016-02-29'],
    ['2017-01-31', 'month', 1, '2017-02-28'],
    ['2016-02-29', 'year', 1, '2017-02-28'],
    ['2016-03-01', 'month', -1, '2016-02-01'],
    ['2016-01-15', 'quarter', -1, '2015-10-15'],
    ['2016-12-31', 'week', 1, '2017-01-07'],
    ['2016-12-31', 'day', 1, '2017-01-01'],
  ] as const)('%s and a %s, %d times, is %s', (from, step, n, to) => expect(dayOf(addSteps(msOf(from), step, n))).toBe(to));
  it('starts hold what they are the start of', () => {
    for (const step of steps)
      for (let t = domain[0]; t < domain[1]; t += 11.3 * dayMs) {
        const start = startOf(t, step);
        expect(start <= t && t < addSteps(start, step, 1), `${step} ${dayOf(t)}`).toBe(true);
        expect(startOf(start, step)).toBe(start);
      }
    expect(new Date(startOf(domain[0], 'week')).getUTCDay()).toBe(1);
  });
  it('a window of whole months stays one, there and back', () => {
    let range = { from: '2016-01-01', to: '2016-01-31' };
    for (let i = 0; i < 24; i++) range = stepped(range, domain, 'month', 1, false) ?? range;
    expect(range).toEqual({ from: '2018-01-01', to: '2018-01-31' });
    for (let i = 0; i < 24; i++) range = stepped(range, domain, 'month', -1, false) ?? range;
    expect(range).toEqual({ from: '2016-01-01', to: '2016-01-31' });
  });
  it('a cumulative range keeps its start', () => expect(stepped({ from: '2013-07-01', to: '2016-01-31' }, domain, 'month', 1, true)).toEqual({ from: '2013-07-01', to: '2016-02-29' }));
  it('ends where the records end', () => {
    expect(stepped({ from: '2018-08-01', to: '2018-08-31' }, domain, 'month', 1, false)).toBeUndefined();
    expect(stepped({ from: '2013-07-01', to: '2013-07-31' }, domain, 'month', -1, false)).toBeUndefined();
    expect(stepped({ from: '2013-07-01', to: '2013-07-31' }, domain, 'month', -1, true)).toBeUndefined();
  });
  it('play begins where the range stands, or from the start', () => {
    expect(firstToPlay(undefined, domain, 'month', false)).toEqual({ from: '2013-07-01', to: '2014-06-30' });
    expect(firstToPlay(undefined, domain, 'month', true)).toEqual({ from: '2013-07-01', to: '2013-07-31' });
    expect(firstToPlay({ from: '2016-01-01', to: '2016-12-31' }, domain, 'month', false)).toEqual({ from: '2016-01-01', to: '2016-12-31' });
    expect(firstToPlay({ from: '2018-08-01', to: '2018-08-31' }, domain, 'month', false)).toEqual({ from: '2013-07-01', to: '2013-07-31' });
  });
  it('play comes to an end from anywhere', () => {
    for (const step of steps)
      for (const cumulative of [true, false]) {
        let n = 0;
        for (let range: ReturnType<typeof stepped> = firstToPlay(undefined, domain, step, cumulative); range; range = stepped(range, domain, step, 1, cumulative)) expect(++n, step).toBeLessThan(2000);
      }
  });
  it('a window stays within all there is, as long as it was', () => {
    expect(held([-5, 5], [0, 100])).toEqual([0, 10]);
    expect(held([95, 105], [0, 100])).toEqual([90, 100]);
    expect(held([-50, 150], [0, 100])).toEqual([0, 100]);
  });
});

describe('typed days', () => {
  it.each([
    ['2016-04-11', 'first', 'en-GB', '2016-04-11'],
    ['11 Apr 2016', 'first', 'en-GB', '2016-04-11'],
    ['11 april 2016', 'last', 'en-GB', '2016-04-11'],
    ['11 avr. 2016', 'first', 'fr', '2016-04-11'],
    ['1 févr. 2016', 'first', 'fr', '2016-02-01'],
    ['2016年4月11日', 'first', 'zh', '2016-04-11'],
    ['11 de abril de 2016', 'first', 'es', '2016-04-11'],
    ['Apr 2016', 'first', 'en-GB', '2016-04-01'],
    ['Apr 2016', 'last', 'en-GB', '2016-04-30'],
    ['2016-02', 'last', 'en-GB', '2016-02-29'],
    ['2016', 'first', 'en-GB', '2016-01-01'],
    ['2016', 'last', 'en-GB', '2016-12-31'],
  ] as const)('%s as a %s day in %s', (text, end, language, day) => expect(parseDay(text, end, language)).toBe(day));
  it.each(['31/02/2017', '31 Feb 2017', '2017-02-31', 'soon', '', '32 Jan 2016', '11 Foo 2016', '04/11/2016'])('%s is none', (text) => expect(parseDay(text, 'first', 'en-GB')).toBeUndefined());
  it('reads back what the page writes, in every language', () => {
    for (const language of ['en-GB', 'fr', 'zh', 'es', 'ru'])
      for (let month = 0; month < 12; month++) {
        const written = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2017, month, 9));
        expect(parseDay(written, 'first', language), `${language}: ${written}`).toBe(dayOf(Date.UTC(2017, month, 9)));
      }
  });
});

describe('histogram', () => {
  const period = (from: string, to: string, count: number) => ({ start: msOf(from), end: msOf(to), count, hits: 0, sums: {}, rates: {} });
  const periods = [period('2016-01-01', '2016-02-01', 0), period('2016-02-01', '2016-03-01', 3), period('2016-03-01', '2016-04-01', 0), period('2016-04-01', '2016-05-01', 1), period('2016-05-01', '2016-06-01', 0)];
  it('goes from the first record to the last, and as far as the range', () => {
    expect(domainOf(periods, undefined)?.map(dayOf)).toEqual(['2016-02-01', '2016-05-01']);
    expect(domainOf(periods, { from: '2015-06-01', to: '2016-03-31' })?.map(dayOf)).toEqual(['2015-06-01', '2016-05-01']);
    expect(domainOf([period('2016-01-01', '2016-02-01', 0)], undefined)).toBeUndefined();
    expect(domainOf([], undefined)).toBeUndefined();
  });
  it('has some tens to some hundreds of bars', () => {
    for (const [days, step] of [[30, 'day'], [200, 'week'], [1889, 'month'], [9000, 'quarter'], [40000, 'year']] as const) expect(barStep([0, days * dayMs])).toBe(step);
  });
});

describe('scales', () => {
  it('time runs with the writing', () => {
    expect(timeScale([0, 10], 100, false)(2)).toBe(20);
    expect(timeScale([0, 10], 100, true)(2)).toBe(80);
  });
  it.each([[24, 2, [0, 20, 40]], [7, 4, [0, 2, 4, 6, 8]], [1, 2, [0, 1]], [0, 3, [0, 1]], [636, 3, [0, 250, 500, 750]], [5, 2, [0, 3, 6]]] as const)('ticks to %d, %d of them', (largest, most, ticks) => expect(roundTicks(largest, most)).toEqual(ticks));
  it('ticks of shares need not be whole', () => expect(roundTicks(0.37, 4, false)).toEqual([0, 0.1, 0.2, 0.3, 0.4]));
  it('labels of time keep apart', () => {
    for (const days of [5, 40, 300, 1889, 9000, 60000])
      for (const width of [120, 400, 1100])
        for (const label of [30, 64, 92]) {
          const { at } = timeTicks([domain[0], domain[0] + days * dayMs], width, () => label);
          expect(at.length, `${days} days on ${width}`).toBeLessThanOrEqual(Math.max(1, Math.floor(width / label)));
          expect(at.length).toBeGreaterThan(0);
        }
  });
});

describe('labels under periods', () => {
  it.each([
    { desc: 'as wide as their period, less what keeps them apart', widest: 49, slot: 55, rows: 1 },
    { desc: 'a pixel more', widest: 50, slot: 55, rows: 2 },
    { desc: 'twenty years on a phone', widest: 60, slot: 16, rows: 5 },
    { desc: 'none', widest: 0, slot: 55, rows: 1 },
    { desc: 'before the chart has a width', widest: 45, slot: 0, rows: 1 },
  ])('stand in $rows rows: $desc', ({ widest, slot, rows }) => expect(rowsOf(widest, slot)).toBe(rows));
  it('never end outside of the chart', () => {
    expect(heldIn(300, 60, -44, 316)).toBe(286);
    expect(heldIn(0, 100, -44, 316)).toBe(6);
    expect(heldIn(150, 60, -44, 316)).toBe(150);
  });
});
