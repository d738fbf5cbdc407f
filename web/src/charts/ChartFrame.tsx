// What every chart stands in: its finding as title, unit and denominator beneath, its numbers as a table and as a file.
import { useState, type ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { csvOf } from '../ui/csv.ts';

export type Row = Record<string, string | number | undefined>;

interface Props {
  id: string;
  title: string;
  note: ReactNode;
  /** As read by people. */
  twin: { head: string[]; rows: string[][] };
  /** As read by programs. */
  figures: Row[];
  children: ReactNode;
}

export function ChartFrame({ id, title, note, twin, figures, children }: Props) {
  const { say } = useWords();
  const [tabled, setTabled] = useState(false);
  const save = () => saveFile(`bivouac-${id}.csv`, 'text/csv', csvOf({ columns: Object.keys(figures[0] ?? {}).map((name) => ({ name })), rows: figures }));
  return (
    <section className="chart" aria-labelledby={`chart-${id}`} data-chart={id}>
      <header className="chart-head">
        <h3 id={`chart-${id}`}>{title}</h3>
        <span className="chart-acts">
          <IconButton icon="download" label={say('charts.csv', { name: title })} onPress={save} />
          <ToggleButton className="button icon-only" isSelected={tabled} onChange={setTabled} aria-label={say('charts.table', { name: title })}><Icon name={tabled ? 'chart' : 'table'} /></ToggleButton>
        </span>
      </header>
      <p className="note">{note}</p>
      {tabled ? <Twin title={title} {...twin} /> : children}
    </section>
  );
}

const Twin = ({ title, head: [first, ...others], rows }: { title: string } & Props['twin']) => (
  <div className="chart-table" tabIndex={0} role="region" aria-label={title}>
    <table className="table">
      <thead><tr><th scope="col">{first}</th>{others.map((h) => <th key={h} scope="col" className="end">{h}</th>)}</tr></thead>
      <tbody>{rows.map(([name, ...cells]) => <tr key={name}><th scope="row">{name}</th>{cells.map((c, i) => <td key={others[i]} className="end">{c}</td>)}</tr>)}</tbody>
    </table>
  </div>
);
