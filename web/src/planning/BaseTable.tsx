// The bases with their factors: each a number over a bar, sorted by any of them. A row opens to what may become of its base.
import { Fragment, useState } from 'react';
import { useWords, type Words } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { useLayer } from '../app/world.ts';
import { factors, keyOf, type Change, type Factor } from '../state/scenario.ts';
import { ruleOf } from '../state/siting.ts';
import { useView } from '../state/view.ts';
import { SymbolMark } from '../ui/SymbolMark.tsx';
import { useChanges } from './answers.ts';
import { BaseDetail } from './BaseDetail.tsx';
import { looksOf } from './drawn.ts';
import { shownPart, sorted, type BaseRow, type Column } from './figures.ts';
import { takeBase } from './takeBase.ts';
import { TrendCell } from './TrendCell.tsx';
import { usePlanning } from './store.ts';

export function BaseTable({ rows, stale }: { rows: BaseRow[]; stale: boolean }) {
  const { say } = useWords();
  const [order, setOrder] = useState<{ by: Column; down: boolean }>({ by: 'score', down: true });
  const open = usePlanning((p) => p.open);
  const head = (by: Column, label: string) => (
    <th scope="col" className={by === 'name' ? '' : 'end'} aria-sort={order.by === by ? (order.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => setOrder({ by, down: order.by === by ? !order.down : by !== 'name' })}>{label}</button>
    </th>
  );
  return (
    <>
      <table className="table bases-table" data-testid="plan-bases" data-stale={stale}>
        <caption className="only-read">{say('plan.bases')}</caption>
        <thead><tr>{head('name', say('plan.base'))}{head('score', say('plan.score'))}{factors.map((f) => <Fragment key={f}>{head(f, say(`plan.short.${f}`))}</Fragment>)}<th scope="col" className="end trend-head">{say('plan.short.trend')}</th></tr></thead>
        <tbody>{sorted(rows, order.by, order.down).map((r) => <Row key={r.key} row={r} rows={rows} open={open === r.key} />)}</tbody>
      </table>
      <p className="note" data-testid="trend-note">{say('plan.trend.note')} {say('brief.reporting')}</p>
    </>
  );
}

function Row({ row, rows, open }: { row: BaseRow; rows: BaseRow[]; open: boolean }) {
  const words = useWords();
  const { key, name, gone, score, parts } = row;
  const siting = useView((v) => v.siting);
  const rule = siting && ruleOf(siting, key);
  const fate = [fateText(words, row, rows), rule && words.say(rule === 'keep' ? 'siting.stay' : 'siting.barred')].filter(Boolean).join(' · ');
  return (
    <>
      <tr data-base={key} data-rule={rule} data-gone={gone || undefined} aria-selected={open}>
        <th scope="row">
          <button type="button" className="base-open" aria-expanded={open} onClick={() => takeBase({ key, name })}>
            <BaseMark row={row} />
            <span><b dir="auto">{name}</b>{fate && <small className="fate">{fate}</small>}</span>
          </button>
        </th>
        <td className="end score"><b>{score === undefined ? words.say('plan.unknown') : words.count(Math.round(100 * score))}</b></td>
        {factors.map((f) => <Cell key={f} factor={f} value={shownPart(f, parts[f])} words={words} open={() => takeBase({ key, name })} />)}
        <TrendCell station={row.station} />
      </tr>
      {open && <tr className="base-detail"><td colSpan={factors.length + 3}><BaseDetail row={row} rows={rows} /></td></tr>}
    </>
  );
}

/** A number over a bar; threat in the colour of harm, for it counts against. */
function Cell({ factor, value, words, open }: { factor: Factor; value: number | undefined; words: Words; open(): void }) {
  return (
    <td className="end factor" data-factor={factor}>
      {value === undefined ? <span className="none">{words.say('plan.unknown')}</span> : <span className="figure" onClick={open}>{words.count(value)}</span>}
      <i><i style={{ inlineSize: `${value ?? 0}%` }} /></i>
    </td>
  );
}

function BaseMark({ row }: { row: BaseRow }) {
  const layer = useLayer('bases');
  const changes = useChanges();
  const day = useView((v) => v.scenario.day);
  const symbol = layer && symbolOf(layer.collection, looksOf(row, layer.records.data?.items ?? [], changes, day, row.gone));
  return symbol ? <SymbolMark mark={{ symbol }} /> : null;
}

/** What becomes of a base, in words. */
export function fateText(words: Words, { fate, before, gone }: BaseRow, rows: BaseRow[]): string {
  const { say } = words;
  const { end, move, change } = fate;
  const into = end?.act === 'merge' ? rows.find((r) => r.key === keyOf(end.into))?.name : undefined;
  const dayOf = (c: Change | undefined) => (c?.on ? words.day(c.on.slice(0, 10)) : '');
  const day = dayOf(end);
  return [
    !before && say('plan.opens'),
    end && !gone && day && say('plan.closesOn', { day }),
    end && gone && (into ? say('plan.closesInto', { name: into }) : day ? say('plan.closesOn', { day }) : say('plan.closes')),
    move && [say('plan.moves'), dayOf(move)].filter(Boolean).join(' '),
    change && [say('plan.changes'), dayOf(change)].filter(Boolean).join(' '),
  ].filter(Boolean).join(' · ');
}
