import { describe, expect, test } from 'vitest';
import { factorsOf, firstLines, linesOf, minuteSteps } from '../../src/report/figures.ts';
import { pagesOf, type Piece } from '../../src/app/pages.ts';
import type { Report, ReportOption } from '../../src/api/reports.ts';

const rows = (n: number, table: string): Piece[] => Array.from({ length: n }, () => ({ height: 10, table, head: 20 }));

describe('pages', () => {
  const cases: { desc: string; pieces: Piece[]; spans: [number, number][] }[] = [
    { desc: 'none', pieces: [], spans: [] },
    { desc: 'all on one', pieces: [{ height: 40 }, { height: 50 }], spans: [[0, 2]] },
    { desc: 'a gap that does not fit any more', pieces: [{ height: 50 }, { height: 50 }], spans: [[0, 1], [1, 2]] },
    { desc: 'a head again on each page', pieces: rows(20, 'a'), spans: [[0, 8], [8, 16], [16, 20]] },
    { desc: 'a heading goes with its first row', pieces: [{ height: 60 }, { height: 10, keeps: true }, ...rows(2, 'a')], spans: [[0, 1], [1, 4]] },
    { desc: 'another table has another head', pieces: [...rows(4, 'a'), ...rows(1, 'b')], spans: [[0, 5]] },
    { desc: 'higher than a page', pieces: [{ height: 10 }, { height: 300 }, { height: 10 }], spans: [[0, 1], [1, 2], [2, 3]] },
  ];
  test.each(cases)('$desc', ({ pieces, spans }) => expect(pagesOf(pieces, 100, 5)).toEqual(spans));

  test('each piece stands once, in its order, and no page is overfull', () => {
    for (let seed = 1; seed <= 200; seed++) {
      let state = seed;
      const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
      const pieces = Array.from({ length: 40 }, (): Piece => ({ height: 5 + 40 * random(), ...(random() < 0.6 && { table: random() < 0.5 ? 'a' : 'b', head: 12 }), keeps: random() < 0.1 }));
      const spans = pagesOf(pieces, 200, 5);
      expect(spans.flatMap(([from, to]) => pieces.slice(from, to)), `seed ${seed}`).toEqual(pieces);
      for (const [from, to] of spans) {
        const heights = pieces.slice(from, to).map((p, i, all) => {
          const goesOn = i > 0 && p.table !== undefined && all[i - 1]?.table === p.table;
          return p.height + (goesOn ? 0 : (p.table ? 12 : 0) + (i ? 5 : 0));
        });
        const bound = pieces.slice(from, to - 1).every((p) => p.keeps);
        if (!bound) expect(heights.reduce((a, b) => a + b, 0), `seed ${seed}`).toBeLessThanOrEqual(200 + 1e-9);
      }
    }
  });
});

const measure = (option: string, name: string, value: number, better = 'more') => ({ option, factor: 'priority', measure: name, title: name, value, unit: '{person}', better, layer: 'places', where: 'bases > 0' });
const option = (letter: string, surgery: number): ReportOption => ({ letter, title: letter, scenario: undefined, evaluation: { result: {} }, medical: { result: { counts: [{ collection: 'places', records: 41, surgery, unstated: 0 }] }, envelope: { version: 1, timeStamp: '', method: '', parameters: { surgery_limit_min: 240 }, rows_used: 0, rows_dropped: {}, warnings: [], rows_selected: undefined, seed: undefined } } });
const report: Report = {
  cover: { title: '', author: '', mission: '', marking: 'unclassified', version: 1, at: '', program: '' }, bundle: '', cells: [],
  options: [option('base', 26), option('A', 29), option('B', 20)],
  comparison: {
    result: {
      numbers: [measure('As it is', 'people_in_time', 10), measure('A', 'people_in_time', 8), measure('B', 'people_in_time', 12), measure('As it is', 'cost_year', 5, 'less'), measure('A', 'cost_year', 4, 'less'), measure('B', 'cost_year', 5, 'less')],
      scores: [{ option: 'B', priority: 1 }, { option: 'As it is', priority: 0.5 }, { option: 'A', priority: 0 }],
    },
  },
};

describe('figures', () => {
  const lines = linesOf(report);
  const told = (name: string) => lines.find((l) => l.of.measure === name)?.options.map((p) => [p.before, p.after, p.change, p.verdict]);

  test('each option stands beside the base line', () => {
    expect(told('people_in_time')).toEqual([[10, 8, -2, 'loss'], [10, 12, 2, 'gain']]);
    expect(told('cost_year')).toEqual([[5, 4, -1, 'gain'], [5, 5, 0, 'same']]);
  });
  test('places in time of surgery come from the medical cover of the area', () => expect(told('places_surgery')).toEqual([[26, 29, 3, 'gain'], [26, 20, -6, 'loss']]));
  test('the first lines stand in the order of the page, not of the server', () => expect(firstLines(lines).map((l) => l.of.measure)).toEqual(['people_in_time', 'places_surgery', 'cost_year']));
  test('factors stand by option, whichever leads', () => expect(factorsOf(report).map((p) => p?.priority)).toEqual([0.5, 0, 1]));
  test('the classes of minutes follow the limit', () => expect(report.options.map(minuteSteps)[0]).toEqual([90, 120, 180, 240]));
});
