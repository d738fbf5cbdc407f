// What a number is made of: how, of which rows in the base line and in the scenario, and on which parameters it hangs.
import { useMemo, useState } from 'react';
import type { Outcome } from '../api/execution.ts';
import { useProcess } from '../api/queries.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { usePrefs } from '../state/prefs.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { collectionOf, intoView, rowsOf, type Made, type MadeOfRow } from './madeOf.ts';
import { usePlanning } from './store.ts';
import { figureText, inputText, unitText } from './units.ts';

const most = 20;

interface Props {
  made: Made;
  sides: [base: Outcome | undefined, option: Outcome | undefined];
  /** The process whose inputs the parameters are, and what they were. */
  process: string;
  parameters: Record<string, unknown>;
}

export function MadeOf({ made, sides: [base, option], process, parameters }: Props) {
  const words = useWords();
  const { say } = words;
  const [all, setAll] = useState(false);
  const rows = useMemo(() => rowsOf(made, [base, option]), [made, base, option]);
  const looked = usePlanning((p) => p.row);
  const shown = all || rows.findIndex((r) => r.id === looked) >= most ? rows : rows.slice(0, most);
  const unit = made.how === 'count' || made.how === 'share' ? '' : unitText(words, made);
  return (
    <div data-testid="made-of" data-rows={rows.filter((r) => r.stands).length}>
      <p className="note">{howText(words, made)} {say('plan.rowsOf', { n: rows.length })}</p>
      {rows.length > 0 && (
        <table className="table made-rows">
          <thead><tr><th scope="col">{say('plan.row')}{unit && <small>{unit}</small>}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('plan.scenario')}</th></tr></thead>
          <tbody>
            {shown.map((r) => (
              <tr key={r.id} data-row={r.id} aria-current={r.id === looked || undefined} ref={r.id === looked ? intoView : undefined}>
                <th scope="row"><RowName row={r} layer={made.layer} /></th>
                <Side words={words} made={made} value={r.before} among={r.stood} />
                <Side words={words} made={made} value={r.after} among={r.stands} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > most && <Button look="link" onPress={() => setAll(!all)}>{say(all ? 'plan.fewerRows' : 'plan.moreRows', { n: rows.length - most })}</Button>}
      <Parameters process={process} names={made.inputs ?? []} values={parameters} />
    </div>
  );
}

/** What a row states on one side. One that is among the rows and states nothing is no row that is not among them. */
function Side({ words, made, value, among }: { words: Words; made: Made; value: number | undefined; among: true | undefined }) {
  // A share is made of people, and told as a part of them.
  const text = (v: number) => (made.how === 'share' || made.how === 'count' ? words.count(v) : figureText(words, made, v));
  if (value !== undefined) return <td className="end" data-among={among ?? false}>{text(value)}</td>;
  return <td className="end none">{words.say(made.both?.none ?? (among ? 'plan.unstated' : 'plan.unknown'))}</td>;
}

const ways = ['sum', 'count', 'mean', 'share', 'greatest', 'part', 'shared', 'number'] as const;

function howText({ say }: Words, { how }: Made): string {
  const way = ways.find((w) => w === how);
  return way ? say(`plan.how.${way}`) : '';
}

/** A base that a scenario adds is no record: its key is beyond all of these. */
const isRecord = (key: unknown): key is number => typeof key === 'number' && key > 0 && key < 2 ** 52;

/** Leads to the record, where the row is one, or to its place on the map. */
function RowName({ row: { told, at }, layer }: { row: MadeOfRow; layer: string }) {
  const words = useWords();
  const format = usePrefs((p) => p.coords);
  const word = (value: unknown) => (typeof value === 'string' ? value : '');
  const kind = layer === 'aircraft' ? words.code('type', word(told.type)) : layer === 'changes' ? words.code('act', word(told.act)) : layer === 'menaces' ? words.code('kind', word(told.kind)) : '';
  const number = told.key === undefined ? (at ? formatCoord(...at, format) : '') : `#${String(told.key)}`;
  const name = word(told.name) || [word(told.from), word(told.to)].filter(Boolean).join(' → ') || number;
  const text = <bdi>{words.parts([kind, name])}</bdi>;
  const key = layer === 'helps' || layer === 'aircraft' ? told.asset : told.key;
  if (isRecord(key)) return <Button look="link" onPress={() => useView.getState().select({ collection: collectionOf(layer, told), key })}>{text}</Button>;
  if (!at) return text;
  const [lon, lat] = at;
  return <Button look="link" onPress={() => useMap.getState().map?.goTo({ lon, lat }, 8)}>{text}</Button>;
}

/** Only those that were stated or have a default: the others are not in force. */
function Parameters({ process: id, names, values }: { process: string; names: string[]; values: Record<string, unknown> }) {
  const words = useWords();
  const process = useProcess(id).data;
  const told = names.flatMap((name) => {
    const value = values[name];
    const text = inputText(words, name, value);
    if (text === undefined) return [];
    const unit = process?.inputs[name]?.schema['x-unit'];
    return [{ name, label: words.input({ name, title: process?.inputs[name]?.title ?? '' }), text: [text, typeof unit === 'string' ? unit : ''].filter(Boolean).join(' ') }];
  });
  if (!told.length) return null;
  return (
    <dl className="facts made-by" aria-label={words.say('plan.parameters')} data-testid="made-by">
      {told.map((p) => <div key={p.name} data-parameter={p.name}><dt>{p.label}</dt><dd><bdi>{p.text}</bdi></dd></div>)}
    </dl>
  );
}
