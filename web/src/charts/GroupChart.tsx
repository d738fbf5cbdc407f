// Records by the value of a field, or by hour and weekday: a bar each. A press or a sweep filters the whole page by those values; the
// bars that are left out stay, faded.
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { useLocale } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { toggledValue, type FieldFilter } from '../state/filters.ts';
import { useView } from '../state/view.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { useSweep } from './sweep.ts';

export interface Bar {
  /** Absent: the records that state no value. They are counted, and cannot be filtered by. */
  value?: string;
  /** What a press filters by where that is not the value; null: nothing. */
  by?: string | null;
  name: string;
  /** As short as the axis wants it. */
  label: string;
  count: number;
  /** Of them: those that detonated. */
  hits: number;
}

interface Props {
  id: string;
  title: string;
  note: string;
  /** What the filter is of. */
  collection: string;
  field: string;
  bars: Bar[];
  /** Bars beneath each other, or beside each other in an order of their own. */
  look: 'rows' | 'columns';
  /** Whether the bars tell which part detonated. */
  split: boolean;
  heads: [name: string, count: string, hits: string];
}

/** What a bar filters by, if anything. */
const byOf = ({ by, value }: Bar): string | undefined => (by === undefined ? value : (by ?? undefined));

const valuesOf = (filter: FieldFilter | undefined) => (filter && 'values' in filter ? filter.values : []);

export function GroupChart(props: Props) {
  const { id, title, note, field, bars, split, heads } = props;
  const { count } = useWords();
  const twin = { head: split ? heads : heads.slice(0, 2), rows: bars.map((b) => [b.name, count(b.count), ...(split ? [count(b.hits)] : [])]) };
  const figures = bars.map((b) => ({ [field]: b.value ?? '', count: b.count, ...(split && { detonated: b.hits }) }));
  return <ChartFrame id={id} title={title} note={note} twin={twin} figures={figures}><Bars {...props} /></ChartFrame>;
}

function Bars({ collection, field, bars, look, split, title }: Props) {
  const { count } = useWords();
  const { direction } = useLocale();
  const filter = useView((v) => v.filters[collection]?.[field]);
  const setFilter = useView((v) => v.setFilter);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const chosen = valuesOf(filter);
  const top = Math.max(1, ...bars.map((b) => b.count));
  const press = (b: Bar) => {
    const by = byOf(b);
    if (by !== undefined) setFilter(collection, field, toggledValue(filter, by));
  };
  const { down, enter } = useSweep((from, to) => {
    const swept = bars.slice(from, to + 1).flatMap((b) => byOf(b) ?? []);
    const [first] = bars.slice(from);
    if (from === to && first) press(first);
    else if (swept.length) setFilter(collection, field, { values: swept });
  });
  const move = (pressed: string, i: number): boolean => {
    const sideways = direction === 'rtl' ? -1 : 1;
    const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: sideways, ArrowLeft: -sideways }[pressed];
    const to = by === undefined ? { Home: 0, End: bars.length - 1 }[pressed] : i + by;
    if (to === undefined || !bars[to]) return false;
    setAt(to);
    (box.current?.children[to] as HTMLElement | undefined)?.focus();
    return true;
  };
  const key = (e: KeyboardEvent, b: Bar, i: number) => {
    if (e.key === 'Enter' || e.key === ' ') press(b);
    else if (!move(e.key, i)) return;
    e.preventDefault();
  };
  return (
    <div ref={box} className={`bars ${look}`} role="group" aria-label={title}>
      {bars.map((b, i) => (
        <button
          key={b.name} type="button" className="bar" data-value={b.value} data-count={b.count} data-out={(chosen.length > 0 && !chosen.includes(byOf(b) ?? '')) || undefined}
          style={{ '--share': b.count / top, '--hits': split && b.count ? b.hits / b.count : 0 } as CSSProperties} title={`${b.name}: ${count(b.count)}`}
          aria-label={`${b.name}: ${count(b.count)}`} aria-pressed={chosen.includes(byOf(b) ?? '')} aria-disabled={byOf(b) === undefined || undefined} tabIndex={i === Math.min(at, bars.length - 1) ? 0 : -1}
          onPointerDown={(e) => down(e, i)} onPointerEnter={() => enter(i)} onKeyDown={(e) => key(e, b, i)}
        >
          <span className="bar-name">{b.label}</span>
          <span className="bar-room"><i className={split ? 'split' : 'plain'} /></span>
          <span className="bar-count">{count(b.count)}</span>
        </button>
      ))}
    </div>
  );
}
