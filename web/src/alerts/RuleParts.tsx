// The parts of a rule's form.
import { useState, type ReactNode } from 'react';
import { Checkbox, Input, Label, NumberField, TextArea, TextField } from 'react-aria-components';
import { askCount } from '../api/ask.ts';
import { ApiError } from '../api/client.ts';
import type { Field } from '../api/shapes.ts';
import { useItem } from '../api/queries.ts';
import { useLayer, useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import type { MessageId } from '../i18n/languages.ts';
import { nameOf } from '../map/layers/layer.ts';
import { filterable } from '../panels/FiltersPanel.tsx';
import { FilterValue } from '../panels/FilterValue.tsx';
import { RecordPicker } from '../panels/RecordPicker.tsx';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Segments } from '../ui/Segments.tsx';
import { cql2Of, newNear, newThreshold, sums, type Near, type RuleDraft, type Threshold } from './rule.ts';

export interface PartProps {
  draft: RuleDraft;
  change(patch: Partial<RuleDraft>): void;
  /** Of the collection that the rule looks at. */
  fields: Field[];
  problem: ApiError | undefined;
}

const places = ['title', 'mission', 'classification', 'body.severity', 'body.status', 'body.collection', 'body.filter', 'body.near', 'body.threshold', 'body.webhooks'];
const within = (named: string, place: string) => named === place || (named.startsWith(place) && /^[.[]/.test(named.slice(place.length)));

/** The refusal, where it is about one of these; without any, where no field of the form shows it. */
export function Problem({ of, problem }: { of: string[]; problem: ApiError | undefined }) {
  const { say } = useWords();
  if (!problem) return null;
  const named = problem.parameter ?? '';
  const here = of.length ? of.some((p) => within(named, p)) : !places.some((p) => within(named, p));
  return here ? <p className="field-error" role="alert" data-problem>{problem.message || say('state.unreachable')}</p> : null;
}

const Part = ({ title, children }: { title: MessageId; children: ReactNode }) => <fieldset><legend>{useWords().say(title)}</legend>{children}</fieldset>;

interface AmountProps {
  label: string;
  value: number;
  unit?: string;
  onChange(value: number): void;
}

function Amount({ label, value, unit, onChange }: AmountProps) {
  const words = useWords();
  return (
    <NumberField className="field number" value={value} minValue={0} formatOptions={{ maximumFractionDigits: 6 }} onChange={(v) => onChange(Number.isFinite(v) ? v : 0)}>
      <Label>{label}</Label>
      <div className="with-unit"><Input className="input" />{unit && <span>{words.unit(unit)}</span>}</div>
    </NumberField>
  );
}

function CollectionChoice({ value, onChange }: { value: string; onChange(id: string): void }) {
  const words = useWords();
  const { layers } = useWorld();
  return <Choice label={words.say('rules.collection')} value={value || undefined} placeholder={words.say('filters.choose')} options={layers.map(({ collection: c }) => ({ id: c.id, label: words.collection(c) }))} onChange={onChange} />;
}

/** Which records: rows, each a field and what it may hold, or CQL2. */
export function FilterPart({ draft, change, fields, problem }: PartProps) {
  const { say } = useWords();
  const written = draft.cql2 !== undefined;
  return (
    <Part title="rules.what">
      <CollectionChoice value={draft.collection} onChange={(collection) => change({ collection, rows: {} })} />
      <Segments label={say('rules.how')} options={[{ id: 'rows', label: say('rules.rows') }, { id: 'cql2', label: 'CQL2' }]} value={written ? 'cql2' : 'rows'} onChange={(id) => change({ cql2: id === 'cql2' ? cql2Of(draft, fields) : undefined })} />
      {written ? <CqlField label="CQL2" value={draft.cql2 ?? ''} onChange={(cql2) => change({ cql2 })} /> : <Rows draft={draft} change={change} fields={fields} />}
      <Matches collection={draft.collection} filter={cql2Of(draft, fields)} />
      <Problem of={['body.collection', 'body.filter']} problem={problem} />
    </Part>
  );
}

const CqlField = ({ label, value, onChange }: { label: string; value: string; onChange(text: string): void }) => (
  <TextField className="field" value={value} onChange={onChange}><Label>{label}</Label><TextArea className="input wide" rows={2} dir="ltr" spellCheck={false} /></TextField>
);

function Rows({ draft: { rows }, change, fields }: Omit<PartProps, 'problem'>) {
  const words = useWords();
  const usable = filterable(fields, true);
  const free = usable.filter((f) => !(f.name in rows)).map((f) => ({ id: f.name, label: words.field(f) }));
  const without = (name: string) => Object.fromEntries(Object.entries(rows).filter(([n]) => n !== name));
  return (
    <>
      {usable.filter((f) => f.name in rows).map((f) => (
        <div key={f.name} className="rule-filter" data-row={f.name}>
          <div><span className="label">{words.field(f)}</span><FilterValue field={f} filter={rows[f.name]} onChange={(filter) => change({ rows: { ...rows, [f.name]: filter ?? { values: [] } } })} /></div>
          <IconButton icon="bin" label={words.say('filters.remove', { name: words.field(f) })} onPress={() => change({ rows: without(f.name) })} />
        </div>
      ))}
      {free.length > 0 && <Choice label={words.say('filters.add')} value={undefined} placeholder={words.say('filters.choose')} options={free} onChange={(name) => change({ rows: { ...rows, [name]: { values: [] } } })} />}
    </>
  );
}

/** How many records pass now, on request. */
function Matches({ collection, filter }: { collection: string; filter: string }) {
  const { say, count } = useWords();
  const [told, setTold] = useState<{ of: string; text: string; bad: boolean }>();
  const of = `${collection} ${filter}`;
  const check = async () => {
    try {
      setTold({ of, text: say('form.passes', { n: count(await askCount(collection, filter ? { filter } : {})) }), bad: false });
    } catch (e) {
      setTold({ of, text: (e instanceof ApiError && e.message) || say('state.unreachable'), bad: true });
    }
  };
  return <div><Button look="link" onPress={() => void check()}>{say('form.check')}</Button> <span className={told?.bad ? 'field-error' : 'note'} role="status">{told?.of === of && told.text}</span></div>;
}

/** Near a base, a route, a place, a corridor: by list, or the one that is selected on the map. */
export function NearPart({ draft: { near }, change, problem }: PartProps) {
  const { say } = useWords();
  const { layers } = useWorld();
  const first = (layers.find((l) => l.collection.id === 'routes') ?? layers[0])?.collection.id ?? '';
  return (
    <Part title="rules.near">
      <Checkbox className="check" isSelected={near !== undefined} onChange={(on) => change({ near: on ? newNear(first) : undefined })}><i />{say('rules.nearOnly')}</Checkbox>
      <SelectedNear near={near} change={(next) => change({ near: next })} />
      {near && <NearFields near={near} change={(patch) => change({ near: { ...near, ...patch } })} />}
      <Problem of={['body.near']} problem={problem} />
    </Part>
  );
}

function NearFields({ near, change }: { near: Near; change(patch: Partial<Near>): void }) {
  const { say } = useWords();
  const layer = useLayer(near.collection);
  const seasonal = layer?.fields.some((f) => f.name === 'season') === true;
  return (
    <>
      <CollectionChoice value={near.collection} onChange={(collection) => change({ collection, keys: [], in_season: false })} />
      <Amount label={say('rules.radius')} value={near.radius_m / 1000} unit="km" onChange={(km) => change({ radius_m: km * 1000 })} />
      {layer && !layer.tiled && <RecordPicker label={say('rules.which')} collection={near.collection} keys={near.keys} onChange={(keys) => change({ keys })} />}
      <CqlField label={say('rules.nearFilter')} value={near.filter} onChange={(filter) => change({ filter })} />
      {seasonal && <Checkbox className="check" isSelected={near.in_season} onChange={(in_season) => change({ in_season })}><i />{say('rules.inSeason')}</Checkbox>}
    </>
  );
}

function SelectedNear(props: { near: Near | undefined; change(near: Near): void }) {
  const selected = useView((v) => v.selected);
  return selected ? <TakeSelected {...props} collection={selected.collection} itemKey={selected.key} /> : null;
}

function TakeSelected({ near, change, collection, itemKey }: { near: Near | undefined; change(near: Near): void; collection: string; itemKey: number }) {
  const words = useWords();
  const item = useItem(collection, itemKey).data;
  const same = near?.collection === collection;
  if (!item || (same && near.keys.includes(itemKey))) return null;
  const name = nameOf(item.properties) || words.say('card.record', { name: words.collection({ id: collection, title: '' }), key: itemKey });
  const take = () => change(same ? { ...near, keys: [...near.keys, itemKey] } : { ...newNear(collection), radius_m: near?.radius_m ?? 5000, keys: [itemKey] });
  return <div><Button look="link" onPress={take}>{words.say('rules.takeSelected', { name })}</Button></div>;
}

/** So much within so many days. */
export function ThresholdPart({ draft: { threshold }, change, fields, problem }: PartProps) {
  const { say } = useWords();
  return (
    <Part title="rules.threshold">
      <Checkbox className="check" isSelected={threshold !== undefined} onChange={(on) => change({ threshold: on ? newThreshold : undefined })}><i />{say('rules.thresholdOnly')}</Checkbox>
      {threshold && <ThresholdFields threshold={threshold} fields={fields} change={(patch) => change({ threshold: { ...threshold, ...patch } })} />}
      <Problem of={['body.threshold']} problem={problem} />
    </Part>
  );
}

function ThresholdFields({ threshold, fields, change }: { threshold: Threshold; fields: Field[]; change(patch: Partial<Threshold>): void }) {
  const words = useWords();
  const { say } = words;
  const known = [...new Set([...sums(fields), ...(threshold.sum ? [threshold.sum] : [])])];
  const label = (sum: string) => sum.split('+').map((f) => words.field(fields.find((x) => x.name === f) ?? { name: f, title: '' })).join(' + ');
  return (
    <>
      <Amount label={say('rules.least')} value={threshold.least} onChange={(least) => change({ least })} />
      <Choice label={say('rules.sum')} value={threshold.sum || '*'} options={[{ id: '*', label: say('rules.records') }, ...known.map((id) => ({ id, label: label(id) }))]} onChange={(id) => change({ sum: id === '*' ? '' : id })} />
      <Amount label={say('rules.days')} value={threshold.days} onChange={(days) => change({ days })} />
      <Amount label={say('rules.within')} value={threshold.within_m / 1000} unit="km" onChange={(km) => change({ within_m: km * 1000 })} />
    </>
  );
}

const formats = [{ id: 'geojson', label: 'GeoJSON' }, { id: 'cap', label: 'CAP 1.2' }];

/** Who is told, by the names that the operator gave to addresses. */
export function WebhookPart({ draft: { webhooks }, change, problem, names }: PartProps & { names: string[] }) {
  const { say } = useWords();
  const left = names.filter((name) => !webhooks.some((w) => w.name === name));
  const put = (i: number, patch: Partial<RuleDraft['webhooks'][number]>) => change({ webhooks: webhooks.map((w, at) => (at === i ? { ...w, ...patch } : w)) });
  return (
    <Part title="rules.webhooks">
      {!names.length && <p className="note">{say('rules.noWebhooks')}</p>}
      {webhooks.map((w, i) => (
        <div key={i} className="rule-filter">
          <div>
            <bdi dir="ltr">{w.name}</bdi>
            <Choice label={say('rules.format')} hideLabel value={w.format} options={formats} onChange={(format) => put(i, { format })} />
          </div>
          <IconButton icon="bin" label={say('filters.remove', { name: w.name })} onPress={() => change({ webhooks: webhooks.filter((_, at) => at !== i) })} />
        </div>
      ))}
      {left.length > 0 && webhooks.length < 5 && <Choice label={say('rules.addWebhook')} value={undefined} placeholder={say('filters.choose')} options={left.map((id) => ({ id, label: id }))} onChange={(name) => change({ webhooks: [...webhooks, { name, format: 'geojson' }] })} />}
      <Problem of={['body.webhooks']} problem={problem} />
    </Part>
  );
}
