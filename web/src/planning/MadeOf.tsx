// What a number is made of: how, of which rows in the base line and in the scenario, and on which parameters it hangs.
import { useMemo, useState } from 'react';
import { useProcess } from '../api/queries.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { useAnswers } from './answers.ts';
import type { Pair } from './figures.ts';
import { madeOf, type MadeOfRow } from './madeOf.ts';
import { figureText } from './units.ts';

const most = 20;

export function MadeOf({ pair, parameters }: { pair: Pair; parameters: Record<string, unknown> }) {
  const words = useWords();
  const { say } = words;
  const [all, setAll] = useState(false);
  const [base, option] = [useAnswers((a) => a.base.answer), useAnswers((a) => a.option.answer)];
  const rows = useMemo(() => madeOf(pair, base, option) ?? [], [pair, base, option]);
  const shown = all ? rows : rows.slice(0, most);
  // A share is made of people, and told as a part of them.
  const text = (value: number | undefined) => (value === undefined ? say('plan.unknown') : pair.how === 'share' || pair.how === 'count' ? words.count(value) : figureText(words, pair, value));
  return (
    <div data-testid="made-of" data-rows={rows.filter((r) => r.stands).length}>
      <p className="note">{howText(words, pair)} {say('plan.rowsOf', { n: rows.length })}</p>
      {rows.length > 0 && (
        <table className="table made-rows">
          <thead><tr><th scope="col">{say('plan.row')}</th><th scope="col" className="end">{say('plan.baseLine')}</th><th scope="col" className="end">{say('plan.scenario')}</th></tr></thead>
          <tbody>{shown.map((r) => <tr key={r.id} data-row={r.id}><th scope="row"><RowName row={r} layer={pair.layer} /></th><td className="end">{text(r.before)}</td><td className="end">{text(r.after)}</td></tr>)}</tbody>
        </table>
      )}
      {rows.length > most && <Button look="link" onPress={() => setAll(!all)}>{say(all ? 'plan.fewerRows' : 'plan.moreRows', { n: rows.length - most })}</Button>}
      <Parameters names={pair.inputs ?? []} values={parameters} />
    </div>
  );
}

const ways = ['sum', 'count', 'mean', 'share', 'greatest'] as const;

function howText({ say }: Words, { how }: Pair): string {
  const way = ways.find((w) => w === how);
  return way ? say(`plan.how.${way}`) : '';
}

/** A base that a scenario adds is no record: its key is beyond all of these. */
const isRecord = (key: unknown): key is number => typeof key === 'number' && key > 0 && key < 2 ** 52;

/** Leads to the record, where the row is one. */
function RowName({ row: { told }, layer }: { row: MadeOfRow; layer: string }) {
  const words = useWords();
  const word = (value: unknown) => (typeof value === 'string' ? value : '');
  const kind = layer === 'aircraft' ? words.code('type', word(told.type)) : layer === 'changes' ? words.code('act', word(told.act)) : layer === 'menaces' ? words.code('kind', word(told.kind)) : '';
  const name = word(told.name) || [word(told.from), word(told.to)].filter(Boolean).join(' → ');
  const text = [kind, name || (told.key === undefined ? '' : `#${String(told.key)}`)].filter(Boolean).join(', ');
  const collection = word(told.collection) || layer;
  const key = layer === 'helps' || layer === 'aircraft' ? told.asset : told.key;
  if (!isRecord(key)) return <bdi>{text}</bdi>;
  const open = () => useView.getState().select({ collection: layer === 'helps' || layer === 'aircraft' ? 'assets' : collection, key });
  return <Button look="link" onPress={open}><bdi>{text}</bdi></Button>;
}

/** Only those that were stated or have a default: the others are not in force. */
function Parameters({ names, values }: { names: string[]; values: Record<string, unknown> }) {
  const words = useWords();
  const process = useProcess('scenario-compare').data;
  const told = names.flatMap((name) => {
    const value = values[name];
    if (value === undefined || value === null || typeof value === 'object') return [];
    const unit = process?.inputs[name]?.schema['x-unit'];
    const text = typeof value === 'string' ? words.code(name, value) : typeof value === 'number' ? words.count(value, 3) : words.say(value ? 'value.yes' : 'value.no');
    // A condition in CQL2 is shown as it was asked.
    const shown = typeof value === 'string' && /\W/.test(value) ? value : text;
    return [{ name, label: words.input({ name, title: process?.inputs[name]?.title ?? '' }), text: [shown, typeof unit === 'string' ? unit : ''].filter(Boolean).join(' ') }];
  });
  if (!told.length) return null;
  return (
    <dl className="facts made-by" aria-label={words.say('plan.parameters')} data-testid="made-by">
      {told.map((p) => <div key={p.name} data-parameter={p.name}><dt>{p.label}</dt><dd><bdi>{p.text}</bdi></dd></div>)}
    </dl>
  );
}
