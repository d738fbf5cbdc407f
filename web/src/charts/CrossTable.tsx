// Outcome by target as a table whose cells are bars. A press on a cell filters by both, on a head by one.
import type { CSSProperties } from 'react';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { ChartFrame } from './ChartFrame.tsx';

export interface Line {
  name: string;
  /** The outcomes that the line counts; none: whatever the two others leave. */
  values: string[];
  look: 'harm' | 'found' | 'other';
  /** By target, in the order of the columns. */
  counts: number[];
}

interface Props {
  title: string;
  note: string;
  collection: string;
  targets: { value?: string; name: string }[];
  lines: Line[];
}

const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);

export function CrossTable({ title, note, collection, targets, lines }: Props) {
  const { count, say } = useWords();
  const setFilter = useView((v) => v.setFilter);
  const filters = useView((v) => v.filters[collection]);
  const all = say('charts.sum');
  const cells = lines.map((l) => [...l.counts.map(count), count(sum(l.counts))]);
  const figures = lines.flatMap((l) => targets.map((t, i) => ({ outcome: l.values.join(' ') || 'other', target: t.value ?? '', count: l.counts[i] })));
  const top = Math.max(1, ...lines.flatMap((l) => l.counts));
  const isOn = (field: string, values: string[]) => { const f = filters?.[field]; return f !== undefined && 'values' in f && values.length > 0 && values.every((v) => f.values.includes(v)); };
  const choose = (l: Line, target: string | undefined) => {
    const on = isOn('outcome', l.values) && isOn('target', target === undefined ? [] : [target]);
    setFilter(collection, 'outcome', on ? undefined : { values: l.values });
    setFilter(collection, 'target', on || target === undefined ? undefined : { values: [target] });
  };
  return (
    <ChartFrame id="cross" title={title} note={note} twin={{ head: [say('charts.outcome'), ...targets.map((t) => t.name), all], rows: lines.map((l, i) => [l.name, ...(cells[i] ?? [])]) }} figures={figures}>
      <div className="cross-room" tabIndex={0} role="region" aria-label={title}>
        <table className="cross">
          <thead><tr><td />{targets.map((t) => <th key={t.name} scope="col">{t.name}</th>)}<th scope="col">{all}</th></tr></thead>
          <tbody>
            {lines.map((l) => (
              <tr key={l.name}>
                <th scope="row">{l.name}</th>
                {targets.map((t, i) => (
                  <td key={t.name}>
                    <button type="button" className={`cell ${l.look}`} disabled={t.value === undefined || !l.values.length} aria-pressed={isOn('outcome', l.values) && isOn('target', t.value === undefined ? [] : [t.value])} aria-label={`${l.name}, ${t.name}: ${count(l.counts[i] ?? 0)}`} style={{ '--share': (l.counts[i] ?? 0) / top } as CSSProperties} onClick={() => choose(l, t.value)}>
                      {count(l.counts[i] ?? 0)}
                    </button>
                  </td>
                ))}
                <td className="strong">{count(sum(l.counts))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartFrame>
  );
}
