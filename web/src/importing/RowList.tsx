// The rows of one kind, page after page: what each would change, or why it was refused.
import { rowKinds, rowsAddress, type Import, type ImportRow, type RowKind } from '../api/imports.ts';
import type { Geometry } from 'geojson';
import { useWords, type Words } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { anchorOf } from '../map/shapes.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { messageOf } from './message.ts';
import { useRows } from './queries.ts';
import { useImports } from './store.ts';
import { shortValue } from './text.ts';

/** The kind that a person should look at first. */
const firstKind = (i: Import): RowKind => rowKinds.find((k) => k === 'refused' && (i.counts?.refused ?? 0) > 0) ?? rowKinds.find((k) => (i.counts?.[k] ?? 0) > 0) ?? 'added';

export function RowList({ i }: { i: Import }) {
  const { say, count } = useWords();
  const chosen = useImports((s) => s.kind);
  const set = useImports((s) => s.set);
  const kind = chosen ?? firstKind(i);
  return (
    <section className="import-rows" aria-label={say('imports.rowsTitle')}>
      <div className="import-kinds" role="group" aria-label={say('imports.kinds')}>
        {rowKinds.map((k) => (
          <button key={k} type="button" data-kind={k} aria-pressed={k === kind} onClick={() => set({ kind: k, row: undefined })}>
            <b>{count(i.counts?.[k] ?? 0)}</b>{say(`imports.kind.${k}`)}
          </button>
        ))}
      </div>
      {kind === 'refused' && (i.counts?.refused ?? 0) > 0 && (
        <p className="import-mend">
          <span>{say('imports.mend')}</span>{' '}
          <a className="button quiet" href={rowsAddress(i.id, 'refused', { f: 'csv' })} download={`${i.name}.refused.csv`}><Icon name="download" />CSV</a>
          <a className="button quiet" href={rowsAddress(i.id, 'refused', { f: 'geojson' })} download={`${i.name}.refused.geojson`}><Icon name="download" />GeoJSON</a>
        </p>
      )}
      <Rows i={i} kind={kind} />
    </section>
  );
}

function Rows({ i, kind }: { i: Import; kind: RowKind }) {
  const words = useWords();
  const { say } = words;
  const asked = useRows(i, kind);
  if (asked.error) return <p className="state bad" role="alert">{messageOf(asked.error, words)} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /></div>;
  const rows = asked.data.pages.flatMap((p) => p.rows);
  if (!rows.length) return <p className="note">{say('imports.noRows')}</p>;
  return (
    <>
      <ol className="import-row-list" data-testid="import-rows">{rows.map((row, n) => <Row key={n} row={row} n={n} />)}</ol>
      {asked.hasNextPage && <Button isPending={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>{say('table.more')}</Button>}
    </>
  );
}

function Row({ row, n }: { row: ImportRow; n: number }) {
  const words = useWords();
  const { say } = words;
  const on = useImports((s) => s.row === n);
  const geometry = (row.feature?.geometry ?? null) as Geometry | null;
  const show = () => {
    if (!geometry) return;
    const [lon, lat] = anchorOf(geometry);
    useImports.getState().set({ row: n });
    useMap.getState().map?.goTo({ lon, lat }, 9);
  };
  return (
    <li data-kind={row.kind} data-on={on}>
      <div className="import-row-head">
        <span>{placeOf(row, words)}</span>
        <b dir="auto">{nameOf(row)}</b>
        {geometry && <IconButton icon="pin" label={say('imports.show')} onPress={show} />}
      </div>
      {row.reason && <p className="import-reason" dir={row.reason_said?.code ? undefined : 'auto'}>{reasonOf(row, words)}</p>}
      {row.kind === 'changed' ? <Changes row={row} /> : <Facts row={row} />}
    </li>
  );
}

const placeOf = ({ row, line, key }: ImportRow, { say, count }: Words) =>
  row ? (line ? say('imports.rowLine', { row: count(row), line: count(line) }) : say('imports.row', { row: count(row) })) : say('edit.number', { key: String(key ?? '') });

/** Why a row is refused, and in which of its columns. */
function reasonOf({ reason, reason_said: said, field }: ImportRow, { say, warning }: Words): string {
  if (!said?.code) return reason;
  return field ? say('imports.because', { field, reason: warning(said) }) : warning(said);
}

function nameOf({ feature, source_id }: ImportRow): string {
  const of = (feature?.properties ?? {}) as Record<string, unknown>;
  return typeof of.name === 'string' && of.name ? of.name : source_id;
}

function Changes({ row }: { row: ImportRow }) {
  const words = useWords();
  return (
    <dl className="import-changes">
      {row.fields.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{name === 'geometry' ? words.say('edit.place') : words.field({ name, title: '' })}</dt>
          <dd><del dir="auto">{shortValue(before, words)}</del> <Icon name="arrow" turn={90} /> <ins dir="auto">{shortValue(after, words)}</ins></dd>
        </div>
      ))}
    </dl>
  );
}

/** The first few facts of a row; all of them behind a press. */
const few = 4;
const ours = new Set(['refused_because', 'created', 'updated', 'author']);

function Facts({ row }: { row: ImportRow }) {
  const words = useWords();
  const facts = Object.entries((row.feature?.properties ?? {}) as Record<string, unknown>).filter(([name, v]) => v !== null && v !== '' && !ours.has(name));
  const list = (some: typeof facts) => some.map(([name, v]) => <span key={name} dir="auto">{row.kind === 'refused' ? name : words.field({ name, title: '' })}: {shortValue(v, words)}</span>);
  if (!facts.length) return null;
  if (facts.length <= few) return <p className="import-facts">{list(facts)}</p>;
  return <details className="import-facts"><summary>{list(facts.slice(0, few))}</summary>{list(facts.slice(few))}</details>;
}
