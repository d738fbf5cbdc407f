// The difference table: each measure with its unit and denominator, both periods, and the change with a triangle and a sign.
import { useWords, type Words } from '../i18n/words.ts';
import type { SideName } from './comparedText.ts';
import type { Difference, Figure } from './difference.ts';
import { valueText } from './ResultView.tsx';

export function DifferenceTable({ rows, names }: { rows: Difference[]; names: [SideName, SideName] }) {
  const words = useWords();
  const parts = [...new Set(rows.map((r) => r.part))];
  return (
    <table className="table difference" data-testid="difference">
      <caption>{words.say('compare.difference')}</caption>
      <thead><tr><th scope="col">{words.say('compare.measure')}</th>{names.map((n, i) => <th key={i} scope="col" className="end">{n.title}</th>)}<th scope="col" className="end">{words.say('compare.change')}</th></tr></thead>
      {parts.map((part) => (
        <tbody key={part}>
          {part && parts.length > 1 && <tr className="group"><th scope="rowgroup" colSpan={4}>{part}</th></tr>}
          {rows.filter((r) => r.part === part).map((r) => <Row key={r.key} row={r} words={words} />)}
        </tbody>
      ))}
    </table>
  );
}

function Row({ row, words }: { row: Difference; words: Words }) {
  const { field, sides, key } = row;
  const [a, b] = sides;
  const shared = a.of !== undefined && a.of === b.of ? words.say('compare.of', { n: words.count(a.of) }) : '';
  const unit = headUnit(words, field.unit);
  return (
    <tr data-measure={key} data-verdict={row.verdict}>
      <th scope="row">{words.field(field)}{(unit || shared) && <small>{words.parts([unit, shared])}</small>}</th>
      {sides.map((s, i) => <td key={i} className="end">{figureText(words, row, s, !shared)}</td>)}
      <td className="end change"><ChangeText row={row} words={words} /></td>
    </tr>
  );
}

/** The unit as a head states it. Metres are written as people measure them, so that theirs stands with the number. */
export const headUnit = (words: Words, unit: string | undefined) => (unit === 'm' || unit === 'm2' ? '' : words.unit(unit));

const plain = (words: Words, { field }: Difference, value: number) => valueText(words, headUnit(words, field.unit) ? { ...field, unit: undefined } : field, value);

function figureText(words: Words, row: Difference, { value, interval, of }: Figure, own: boolean) {
  if (value === undefined) return words.say('result.none');
  const ends = interval?.map((v) => plain(words, row, v));
  return (
    <>
      {plain(words, row, value)}
      {own && of !== undefined && <small>{words.say('compare.of', { n: words.count(of) })}</small>}
      {ends && <small>{words.say('compare.interval', { low: ends[0] ?? '', high: ends[1] ?? '' })}</small>}
    </>
  );
}

function ChangeText({ row, words }: { row: Difference; words: Words }) {
  const { change, verdict } = row;
  if (change === undefined) return null;
  if (verdict === 'same') return <>{words.say('compare.same')}</>;
  const size = plain(words, row, Math.abs(change));
  const signed = <><span className="triangle" aria-hidden="true">{verdict === 'open' ? '' : change > 0 ? '▲' : '▼'}</span> <bdi dir="ltr">{change > 0 ? '+' : '−'}{size}</bdi></>;
  return verdict === 'open' ? <>{signed}<small>{words.say('compare.open')}</small></> : signed;
}
