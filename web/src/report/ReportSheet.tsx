// The report on A4, upright: cover, maps with what changes, then as many pages as the tables and notes take. Each bears marking,
// sources, data version and its number.
import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useIntl } from 'react-intl';
import { Foot, Marking, SheetHead } from '../app/PrintSheet.tsx';
import { useLayer } from '../app/world.ts';
import type { Report } from '../api/reports.ts';
import { useProcess } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { boundsOf, type Bounds } from '../map/shapes.ts';
import { baseRows, type BaseRow } from '../planning/figures.ts';
import { evenWeights, type Change } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import { Cover } from './Cover.tsx';
import { basesOf, linesOf, minuteSteps } from './figures.ts';
import { LeadsPage, MapsAlone, MapsPage, ownPageFrom } from './MapsPage.tsx';
import { pagesOf, type Span } from '../app/pages.ts';
import { piecesOf, type ReportPiece } from './pieces.tsx';
import type { OptionOnMap } from './picture.ts';
import './report.css';

interface Props {
  sheet: RefObject<HTMLDivElement | null>;
  title: string;
  author: string;
  report: Report;
  /** Of each option, none of the base line. */
  changes: Change[][];
  /** Told how many pages there are, once they are laid out. */
  laid(pages: number): void;
  /** Told whether all maps are drawn. */
  drawn(all: boolean): void;
}

/** Between pieces, in pixels. */
const gap = 10;

export function ReportSheet({ sheet, title, author, report, changes, laid, drawn }: Props) {
  const intl = useIntl();
  const words = useWords();
  const maps = useMaps(report, changes);
  const lines = useMemo(() => linesOf(report), [report]);
  const pieces = piecesOf(words, { report, lines, rows: maps.map((m) => m.rows), processes: useTitles() });
  const measured = useRef<HTMLDivElement>(null);
  const [spans, setSpans] = useState<Span[]>();
  useLayoutEffect(() => {
    if (!measured.current) return;
    const found = layOut(measured.current, pieces);
    setSpans(found);
    laid(found.length + 1 + (report.options.length < ownPageFrom ? 1 : 2));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the pieces follow from these
  }, [report, changes, intl.locale, laid, pieces.length]);
  const done = useRef(new Set<string>());
  const tell = useCallback((letter: string) => drawn(done.current.add(letter).size === report.options.length), [drawn, report]);
  useEffect(() => {
    done.current.clear();
    drawn(false);
  }, [report, drawn]);
  const fronts = report.options.length < ownPageFrom
    ? [<MapsPage report={report} lines={lines} maps={maps} drawn={tell} />]
    : [<LeadsPage report={report} lines={lines} />, <MapsAlone report={report} maps={maps} drawn={tell} />];
  const before = 1 + fronts.length;
  const of = (spans?.length ?? 0) + before;
  const box = maps[0]?.bounds;
  const frame = (n: number, inner: ReactNode, whole = false) => <Frame key={n} n={n} of={of} title={title} version={report.cover.version} box={box} whole={whole}>{inner}</Frame>;
  return (
    <>
      <div ref={measured} className="report-measure" aria-hidden="true">
        {frame(3, null)}
        <div className="sheet-a4 sheet-report"><div className="report-body"><Pieces pieces={pieces} /></div></div>
      </div>
      <div ref={sheet} className="report-pages" data-testid="report">
        {frame(1, <Cover title={title} author={author} report={report} />, true)}
        {fronts.map((front, i) => frame(i + 2, front))}
        {spans?.map(([from, to], i) => frame(before + i + 1, <Pieces pieces={pieces.slice(from, to)} />))}
      </div>
    </>
  );
}

/** The processes whose inputs the report states, for their titles and units. */
function useTitles() {
  const [compare, medical] = [useProcess('scenario-compare').data, useProcess('casevac-surface').data];
  return { compare, medical };
}

/** The changes of an option are those of its day already. */
const everything = () => true;

/** What each option's map shows: the same ground in all. */
function useMaps(report: Report, changes: Change[][]): OptionOnMap[] {
  const layer = useLayer('bases');
  const [collection, records] = [layer?.collection, layer?.records.data?.items];
  const weights = useView((v) => v.scenario.weights) ?? evenWeights;
  return useMemo(() => {
    const [base] = report.options;
    if (!base) return [];
    const before = basesOf(base);
    const all = report.options.map((o, i) => baseRows(before, i ? basesOf(o) : undefined, changes[i] ?? [], weights));
    const bounds: Bounds = boundsOf(all.flat().map((r) => ({ type: 'Point', coordinates: r.station.at }))) ?? [-180, -80, 180, 80];
    const properties = (row: BaseRow) => ({ kind: 'company', ...records?.find((i) => i.key === row.key)?.properties, ...row.fate.change?.fields });
    const symbol = (row: BaseRow, state: 'open' | 'closed' | 'changed') => {
      const status = state === 'closed' ? 'closed' : 'open';
      const plain = (collection && symbolOf(collection, { ...properties(row), status })) ?? '';
      // What is new or other than it was is in the colour of what is picked.
      return status === 'open' && (!row.before || row.fate.move || row.fate.change) ? plain.replace(/\/0$/, '/1') : plain;
    };
    return report.options.map((o, i) => ({ letter: o.letter, rows: all[i] ?? [], cells: report.cells, steps: minuteSteps(base), bounds, looks: { symbol, holds: everything } }));
  }, [report, changes, collection, records, weights]);
}

function layOut(holder: HTMLElement, pieces: ReportPiece[]): Span[] {
  const height = (e: Element | null | undefined) => e?.getBoundingClientRect().height ?? 0;
  const room = holder.querySelector('.report-body')?.clientHeight ?? 0;
  const heads = new Map([...holder.querySelectorAll<HTMLElement>('[data-table]')].map((t) => [t.dataset.table, height(t.querySelector('thead')) + height(t.querySelector('caption'))]));
  const found = [...holder.querySelectorAll<HTMLElement>('[data-piece]')];
  return pagesOf(pieces.map(({ table, keeps }, i) => ({ height: height(found[i]), table: table?.id, head: table && heads.get(table.id), keeps })), room, gap);
}

/** Pieces one under the other; rows of one table in a row stand under one head. */
function Pieces({ pieces }: { pieces: ReportPiece[] }) {
  const groups: ReportPiece[][] = [];
  for (const p of pieces) {
    const last = groups.at(-1);
    if (p.table && last?.[0]?.table?.id === p.table.id) last.push(p);
    else groups.push([p]);
  }
  return groups.map((group) => {
    const [one] = group;
    if (!one?.table) return <div key={one?.id} className="report-piece" data-piece={one?.id}>{one?.node}</div>;
    const { id, head, label, stacked } = one.table;
    return (
      <table key={one.id} className="table report-table" data-table={id} data-stacked={stacked || undefined} aria-label={label}>
        {head}
        <tbody>{group.map((p) => <Fragment key={p.id}>{p.node}</Fragment>)}</tbody>
      </table>
    );
  });
}

interface FrameProps {
  n: number;
  of: number;
  title: string;
  version: number;
  box?: Bounds;
  /** A page without a head of its own. */
  whole: boolean;
  children: ReactNode;
}

function Frame({ n, of, title, version, box, whole, children }: FrameProps) {
  const { say } = useWords();
  return (
    <div className="sheet-a4 sheet-report" data-page={n}>
      <Marking />
      {whole ? <span /> : n === 2 ? <SheetHead title={title} kind={say('report.kind')} facts={<span />} /> : <p className="report-again"><b>{title}</b></p>}
      <div className="report-body">{children}</div>
      <Foot short page={n} of={of} version={version} box={box} />
    </div>
  );
}
