// Filters follow from what the server says can be asked: codes are several choices, numbers and days a range, text an equality.
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Field } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { clockOf, type Clock, type FieldFilter } from '../state/filters.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FilterValue } from './FilterValue.tsx';
import { SpaceSection } from './SpaceSection.tsx';

/** Fields that can be filtered by; the mission has its own menu, and the time its own bar. */
export function filterable(fields: Field[], hasMissions: boolean): Field[] {
  return fields.filter((f) => !f.geometry && f.role !== 'primary-instant' && ['string', 'integer', 'number', 'boolean'].includes(f.type) && !(hasMissions && f.name === 'mission'));
}

/** The field that is being filtered by. */
interface Edited {
  id?: string;
  name?: string;
}

export function FiltersPanel() {
  const { say } = useWords();
  const filters = useView((v) => v.filters);
  const clear = useView((v) => v.clearFilters);
  const [edited, setEdited] = useState<Edited>();
  const space = useView((v) => v.space);
  const any = Object.keys(filters).length > 0 || space !== undefined;
  return (
    <section className="filters" aria-label={say('filters.title')}>
      <div className="section-head">
        <h3>{say('filters.title')}</h3>
        {any && <Button look="quiet" onPress={clear}>{say('filters.clear')}</Button>}
      </div>
      <Chips edit={setEdited} />
      {!any && !edited && <p className="state">{say('filters.none')}</p>}
      {edited ? <EditFilter edited={edited} change={setEdited} done={() => setEdited(undefined)} /> : <Button icon="plus" onPress={() => setEdited({})}>{say('filters.add')}</Button>}
      <SpaceSection />
    </section>
  );
}

function Chips({ edit }: { edit(edited: Edited): void }) {
  const words = useWords();
  const { layers } = useWorld();
  const filters = useView((v) => v.filters);
  return Object.entries(filters).map(([id, fields]) => {
    const layer = layers.find((l) => l.collection.id === id);
    const name = layer ? words.collection(layer.collection) : id;
    return (
      <div key={id} className="chip-group">
        <small>{name}</small>
        <ul className="chips" aria-label={name}>
          {Object.entries(fields).map(([field, filter]) => <Chip key={field} id={id} name={field} filter={filter} field={layer?.fields.find((f) => f.name === field)} edit={() => edit({ id, name: field })} />)}
        </ul>
      </div>
    );
  });
}

function Chip({ id, name, field, filter, edit }: { id: string; name: string; field: Field | undefined; filter: FieldFilter; edit(): void }) {
  const words = useWords();
  const setFilter = useView((v) => v.setFilter);
  const showCharts = useView((v) => v.showCharts);
  const text = chipText(name, field, filter, words);
  return (
    <li className="chip">
      <AriaButton className="chip-text" onPress={clockOf(name) ? () => showCharts(true) : edit}>{text}</AriaButton>
      <Button look="quiet" aria-label={words.say('filters.remove', { name: text })} onPress={() => setFilter(id, name, undefined)}><Icon name="close" /></Button>
    </li>
  );
}

/** Filters go by UTC, whatever the clocks of the mission. */
const clockText = (words: Words, clock: Clock, n: number) => words.clock(clock, n) + (clock === 'hour' ? ' UTC' : '');

/** "Category: IED and Mine", "Killed: 1 to 5", "Opened: from 1 Jan 2016". */
export function chipText(name: string, field: Field | undefined, filter: FieldFilter, words: Words): string {
  const title = words.field(field ?? { name, title: '' });
  const clocked = clockOf(name);
  if (clocked && 'values' in filter) return words.say('filters.is', { name: words.say(`charts.${clocked.clock}`), text: words.list(filter.values.map((v) => clockText(words, clocked.clock, Number(v)))) });
  const value = (v: string) => (field ? words.value(field, typed(field, v)) : v);
  if ('values' in filter) return words.say('filters.is', { name: title, text: words.list(filter.values.map(value)) });
  const { from, to } = filter;
  const text = !to ? words.say('filters.above', { from: value(from) }) : !from ? words.say('filters.below', { to: value(to) }) : words.say('filters.between', { from: value(from), to: value(to) });
  return words.say('filters.is', { name: title, text });
}

const typed = (f: Field, value: string): unknown => (f.type === 'boolean' ? value === 'true' : f.type === 'string' ? value : Number(value));

function EditFilter({ edited, change, done }: { edited: Edited; change(edited: Edited): void; done(): void }) {
  const words = useWords();
  const { layers, missions } = useWorld();
  const filters = useView((v) => v.filters);
  const setFilter = useView((v) => v.setFilter);
  const usable = layers.filter((l) => filterable(l.fields, missions.length > 0).length > 0);
  const first = usable.find((l) => l.collection.id === 'incidents' && l.visible) ?? usable.find((l) => l.visible) ?? usable[0];
  const layer = usable.find((l) => l.collection.id === edited.id) ?? first;
  const field = layer?.fields.find((f) => f.name === edited.name);
  const id = layer?.collection.id ?? '';
  return (
    <div className="add-filter">
      <Choice label={words.say('filters.layer')} value={id} options={usable.map((l) => ({ id: l.collection.id, label: words.collection(l.collection) }))} onChange={(next) => change({ id: next })} />
      {layer && <FieldChoice layer={layer} hasMissions={missions.length > 0} value={field?.name} onChange={(name) => change({ id, name })} />}
      {field && <FilterValue key={`${id}.${field.name}`} field={field} filter={filters[id]?.[field.name]} onChange={(filter) => setFilter(id, field.name, filter)} />}
      <Button onPress={done}>{words.say('filters.done')}</Button>
    </div>
  );
}

function FieldChoice({ layer, hasMissions, value, onChange }: { layer: Layer; hasMissions: boolean; value: string | undefined; onChange(name: string): void }) {
  const words = useWords();
  const options = filterable(layer.fields, hasMissions).map((f) => ({ id: f.name, label: words.field(f) }));
  return <Choice label={words.say('filters.field')} value={value} placeholder={words.say('filters.choose')} options={options} onChange={onChange} />;
}
