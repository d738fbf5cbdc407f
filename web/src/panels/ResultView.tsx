// The answer of any analysis: numbers with their units, lists as tables, shapes for the map, and how it was made beneath.
import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { Outcome } from '../api/execution.ts';
import type { Field, Process } from '../api/shapes.ts';
import { useTranslated } from '../i18n/help.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useAnalyses } from '../state/analyses.ts';
import { useMap } from '../map/MapView.tsx';
import { boundsOf } from '../map/shapes.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { csvOf } from '../ui/csv.ts';
import { bytesOf, saveFile } from '../ui/saveFile.ts';
import { WayPapers } from '../convoy/WayPapers.tsx';
import { CompareWith } from './CompareWith.tsx';
import { Method } from './Method.tsx';
import { drawnOf, shownFirst } from './resultShapes.ts';
import { firstShade, shadedBy } from './shading.ts';
import { ResultKey } from './ResultKey.tsx';
import { geojsonOf, partsOf, resultSchema, sorted, type Document, type Facts, type Shapes, type Table } from './result.ts';

export function ResultView({ process, outcome, stale }: { process: Process; outcome: Outcome; stale: boolean }) {
  const parts = partsOf(outcome.result, resultSchema(useTranslated(process)), useWords().process(process));
  const shapes = parts.filter((p) => p.kind === 'shapes');
  return (
    <section className="answer" data-stale={stale} aria-live="polite" aria-busy={stale} data-testid="analysis-answer">
      {parts.map((part) => {
        if (part.kind === 'facts') return <FactList key={part.id} part={part} />;
        if (part.kind === 'table') return <ResultTable key={part.id} part={part} file={fileOf(process, outcome, part.id)} />;
        if (part.kind === 'document') return <DocumentRow key={part.id} part={part} file={fileOf(process, outcome, part.id)} />;
        return <ShapesRow key={part.id} process={process} outcome={outcome} shapes={shapes} part={part} />;
      })}
      <WayPapers outcome={outcome} />
      {shapes.length > 0 && <KeepButton process={process} outcome={outcome} shapes={shapes} />}
      {!stale && <CompareWith process={process} outcome={outcome} />}
      {outcome.envelope && <Method envelope={outcome.envelope} />}
    </section>
  );
}

/** The layers that are on the map stay there, as they are. */
function KeepButton({ process, outcome, shapes }: { process: Process; outcome: Outcome; shapes: Shapes[] }) {
  const words = useWords();
  const { kept, keep, shown } = useAnalyses();
  const layers = drawnOf(shapes, shown[process.id] ?? shownFirst(shapes));
  const done = kept.some((k) => k.outcome === outcome);
  return <Button isDisabled={done || !layers.length} onPress={() => keep({ process, title: words.process(process), outcome, layers })}>{words.say(done ? 'kept.done' : 'kept.keep')}</Button>;
}

export function valueText(words: Words, field: Field, value: unknown): string {
  if (field.name === 'gi_bin' || typeof value !== 'number') return words.value(field, value);
  if (field.unit === 'm') return words.length(value);
  if (field.unit === 'm2') return words.area(value);
  const number = Math.abs(value) >= 1 || value === 0 ? words.value({ ...field, unit: undefined }, value) : smallText(words, value);
  return [number, words.unit(field.unit)].filter(Boolean).join(' ');
}

/** Three figures, however far behind the point; so little that it is none to a reader is said as a power of ten. */
function smallText(words: Words, value: number): string {
  const power = Math.floor(Math.log10(Math.abs(value)));
  return power < -9 ? `${words.count(value / 10 ** power, 1)} × 10^${words.count(power)}` : words.count(value, 2 - power);
}

function FactList({ part }: { part: Facts }) {
  const words = useWords();
  return (
    <>
      {part.title && <h4>{part.title}</h4>}
      <dl className="facts result-facts">
        {part.values.map(({ field, value }) => <div key={field.name} data-fact={field.name}><dt>{words.field(field)}</dt><dd>{valueText(words, field, value) || words.say('result.none')}</dd></div>)}
      </dl>
    </>
  );
}

const step = 50;

export function ResultTable({ part, file }: { part: Table; file: string }) {
  const words = useWords();
  const [order, setOrder] = useState<{ column: string; down: boolean }>();
  const [most, setMost] = useState(step);
  const rows = order ? sorted(part.rows, order.column, order.down) : part.rows;
  // A column that is empty throughout says nothing.
  const columns = part.columns.filter((f) => rows.some((r) => r[f.name] !== null && r[f.name] !== undefined));
  const numeric = (f: Field) => f.type === 'number' || f.type === 'integer';
  const sort = (f: Field) => setOrder((o) => ({ column: f.name, down: o?.column === f.name ? !o.down : numeric(f) }));
  const sense = (f: Field) => (order?.column === f.name ? (order.down ? 'descending' : 'ascending') : 'none');
  return (
    <section className="result-table" aria-label={part.title} data-part={part.id}>
      <div className="section-head">
        <h4>{part.title} <small>{words.say('table.handle', { n: words.count(rows.length) })}</small></h4>
        <Button look="quiet" icon="download" onPress={() => saveFile(`${file}.csv`, 'text/csv', csvOf({ columns: part.columns, rows }))}>CSV</Button>
      </div>
      {part.description && <p className="note" dir="auto">{part.description}</p>}
      <div className="result-scroll" tabIndex={0} role="region" aria-label={part.title}>
        <table className="table">
          <thead><tr>{columns.map((f) => <th key={f.name} data-column={f.name} scope="col" aria-sort={sense(f)} className={numeric(f) ? 'end' : undefined}><button type="button" onClick={() => sort(f)}>{words.field(f)}<i data-sense={sense(f)} /></button></th>)}</tr></thead>
          <tbody>
            {rows.slice(0, most).map((row, i) => (
              <tr key={i}>{columns.map((f) => <td key={f.name} className={numeric(f) ? 'end' : undefined} data-zero={row[f.name] === 0 || undefined}>{valueText(words, f, row[f.name])}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most && <Button look="link" onPress={() => setMost(most + 10 * step)}>{words.say('table.more')}</Button>}
    </section>
  );
}

/** A layer of the answer: on the map or not, shaded by a field or not, with its key. */
function ShapesRow({ process, outcome, shapes, part }: { process: Process; outcome: Outcome; shapes: Shapes[]; part: Shapes }) {
  const { id } = process;
  const words = useWords();
  const map = useMap((m) => m.map);
  const chosen = useAnalyses((a) => a.shown[id]);
  const show = useAnalyses((a) => a.show);
  const shown = chosen ?? shownFirst(shapes);
  const mine = shown[part.id];
  const fields = shadedBy(part);
  const toggle = (on: boolean) => {
    const { [part.id]: _gone, ...rest } = shown;
    show(id, on ? { ...rest, [part.id]: { shade: firstShade(part) } } : rest);
  };
  const bounds = mine && boundsOf(part.features.map((f) => f.geometry));
  const options = [{ id: '', label: words.say('result.noShade') }, ...fields.map((f) => ({ id: f.name, label: words.field(f) }))];
  return (
    <section className="result-shapes" data-part={part.id}>
      <Checkbox className="check" isSelected={mine !== undefined} onChange={toggle}><i />{words.say('result.onMap', { name: part.title, n: words.count(part.features.length) })}</Checkbox>
      {part.description && <p className="note" dir="auto">{part.description}</p>}
      {mine && fields.length > 0 && <Choice label={words.say('result.shade')} value={mine.shade ?? ''} options={options} onChange={(shade) => show(id, { ...shown, [part.id]: { shade: shade || undefined } })} />}
      {mine && <ResultKey part={part} shade={mine.shade} at={shapes.indexOf(part)} />}
      <ShapesFiles file={fileOf(process, outcome, part.id)} part={part} outcome={outcome} />
      {bounds && map && <Button look="link" onPress={() => map.fit(bounds)}>{words.say('result.goThere')}</Button>}
    </section>
  );
}

const extensions: Record<string, string> = { 'application/gpx+xml': 'gpx', 'application/zip': 'zip' };

function DocumentRow({ part: { id, title, description, media, packed, text }, file }: { part: Document; file: string }) {
  return (
    <section className="result-table" aria-label={title} data-part={id}>
      <div className="section-head">
        <h4>{title}</h4>
        <Button look="quiet" icon="download" onPress={() => saveFile(`${file}.${extensions[media] ?? 'txt'}`, media, packed ? bytesOf(text) : text)}>{title}</Button>
      </div>
      {description && <p className="note" dir="auto">{description}</p>}
    </section>
  );
}

/** Its marking goes with a file that leaves the page. */
const fileOf = ({ id }: Process, { marking }: Outcome, part: string) => [id, part, ...(marking && marking !== 'unclassified' ? [marking] : [])].join('-');

/** Exactly this layer; GeoJSON says how it was made, too. */
function ShapesFiles({ file, part, outcome }: { file: string; part: Shapes; outcome: Outcome }) {
  return (
    <div className="tool-row">
      <Button look="quiet" icon="download" onPress={() => saveFile(`${file}.geojson`, 'application/geo+json', geojsonOf(part, outcome))}>GeoJSON</Button>
      <Button look="quiet" icon="download" onPress={() => saveFile(`${file}.csv`, 'text/csv', csvOf({ columns: part.fields, rows: part.features.map((f) => f.properties ?? {}) }))}>CSV</Button>
    </div>
  );
}
