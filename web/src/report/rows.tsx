// Rows of the report's tables.
import type { ReportOption } from '../api/reports.ts';
import type { Words } from '../i18n/words.ts';
import { Change } from '../planning/Difference.tsx';
import { shownPart, type BaseRow } from '../planning/figures.ts';
import { fateText } from '../planning/BaseTable.tsx';
import { figureText } from '../planning/units.ts';
import { factors } from '../state/scenario.ts';
import { Letter } from './Cover.tsx';
import type { Line } from './figures.ts';
import { lineName, lineUnit } from './text.ts';

/** From so many options on, the base line among them, a change stands beneath its number: there is no room beside it. */
export const stackedFrom = 4;

export function ChangeHead({ words: { say }, options }: { words: Words; options: ReportOption[] }) {
  return (
    <thead>
      <tr>
        <th scope="col"><span className="only-read">{say('compare.measure')}</span></th>
        <th scope="col" className="end">{say('plan.baseLine')}</th>
        {options.slice(1).flatMap((o) => [<th key={o.letter} scope="col" className="end"><Letter letter={o.letter} /></th>, ...(options.length < stackedFrom ? [<th key={`${o.letter}-change`} scope="col" className="end">{say('compare.change')}</th>] : [])])}
      </tr>
    </thead>
  );
}

export function ChangeRow({ words, line: { of, options }, lines, base, piece }: { words: Words; line: Line; lines: Line[]; base: ReportOption; piece?: string }) {
  const unit = lineUnit(words, of, lines, base);
  const stacked = options.length + 1 >= stackedFrom;
  return (
    <tr data-piece={piece} data-measure={of.measure}>
      <th scope="row">{lineName(words, of, base)}{unit && <small>{unit}</small>}</th>
      <td className="end" data-value={of.before}>{figureText(words, of, of.before)}</td>
      {options.flatMap((p, i) => (stacked
        ? [<td key={i} className="end" data-value={p.after}>{figureText(words, p, p.after)}<span className="change" data-verdict={p.verdict}><Change pair={p} words={words} /></span></td>]
        : [<td key={i} className="end" data-value={p.after}>{figureText(words, p, p.after)}</td>, <td key={`c${i}`} className="end change" data-verdict={p.verdict}><Change pair={p} words={words} /></td>]))}
    </tr>
  );
}

export function BaseHead({ words: { say } }: { words: Words }) {
  return (
    <thead>
      <tr>
        <th scope="col">{say('plan.base')}</th>
        {factors.map((f) => <th key={f} scope="col" className="end">{say(`plan.short.${f}`)}</th>)}
        <th scope="col" className="end">{say('report.column.people')}</th>
        <th scope="col" className="end">{say('report.column.surgery')}</th>
        <th scope="col" className="end">{say('report.column.supply')}</th>
        <th scope="col" className="end">{say('report.column.incidents')}</th>
        <th scope="col" className="end">{say('report.column.cost')}</th>
      </tr>
    </thead>
  );
}

export function BaseLine({ words, row, rows, piece }: { words: Words; row: BaseRow; rows: BaseRow[]; piece: string }) {
  const { say, count, duration } = words;
  const { name, parts, station, gone } = row;
  const told = (text: string | undefined) => (gone || text === undefined ? say('plan.unknown') : text);
  const fate = fateText(words, row, rows);
  const minutes = (m: number | undefined) => (m === undefined ? undefined : duration(m));
  return (
    <tr data-piece={piece} data-base={row.key} data-gone={gone || undefined}>
      <th scope="row"><bdi>{name}</bdi>{fate && <small>{fate}</small>}</th>
      {factors.map((f) => {
        const part = shownPart(f, parts[f]);
        return <td key={f} className="end">{told(part === undefined ? undefined : count(part))}</td>;
      })}
      <td className="end">{told(count(station.people_in_time))}</td>
      <td className="end">{told(minutes(station.surgery_min))}</td>
      <td className="end">{told(minutes(station.supply_min))}</td>
      <td className="end">{told(count(station.incidents_year, 1))}</td>
      <td className="end">{told(station.cost_year === undefined ? undefined : count(station.cost_year / 1e6, 1))}</td>
    </tr>
  );
}
