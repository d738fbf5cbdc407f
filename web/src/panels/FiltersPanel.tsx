// Filters follow from what the server says can be asked: codes are a choice, numbers and text an equality.
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { Field } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Fields an equality makes sense for; the mission has its own menu. */
export function filterable(fields: Field[], hasMissions: boolean): Field[] {
  return fields.filter((f) => !f.geometry && !f.format?.startsWith('date') && ['string', 'integer', 'number', 'boolean'].includes(f.type) && !(hasMissions && f.name === 'mission'));
}

export function FiltersPanel() {
  const { say } = useWords();
  const filters = useView((v) => v.filters);
  const clear = useView((v) => v.clearFilters);
  const [adding, setAdding] = useState(false);
  const any = Object.keys(filters).length > 0;
  return (
    <section className="filters" aria-label={say('filters.title')}>
      <div className="section-head">
        <h3>{say('filters.title')}</h3>
        {any && <Button look="quiet" onPress={clear}>{say('filters.clear')}</Button>}
      </div>
      <Chips />
      {!any && !adding && <p className="state">{say('filters.none')}</p>}
      {adding ? <AddFilter done={() => setAdding(false)} /> : <Button icon="plus" onPress={() => setAdding(true)}>{say('filters.add')}</Button>}
    </section>
  );
}

function Chips() {
  const words = useWords();
  const { layers } = useWorld();
  const filters = useView((v) => v.filters);
  const setFilter = useView((v) => v.setFilter);
  const entries = Object.entries(filters).flatMap(([id, fields]) => Object.entries(fields).map(([field, value]) => ({ id, field, value })));
  if (!entries.length) return null;
  return (
    <ul className="chips">
      {entries.map(({ id, field, value }) => {
        const layer = layers.find((l) => l.collection.id === id);
        const known = layer?.fields.find((f) => f.name === field);
        const text = `${layer ? words.collection(layer.collection) : id} · ${words.field(known ?? { name: field, title: '' })}: ${known ? labelOf(known, value, words) : value}`;
        return (
          <li key={`${id}.${field}`} className="chip">
            <span>{text}</span>
            <Button look="quiet" aria-label={words.say('filters.remove', { name: text })} onPress={() => setFilter(id, field, undefined)}><Icon name="close" /></Button>
          </li>
        );
      })}
    </ul>
  );
}

const labelOf = (f: Field, value: string, words: ReturnType<typeof useWords>) =>
  f.codes.includes(value) ? words.code(f.name, value) : f.type === 'boolean' ? words.value(f, value === 'true') : value;

function AddFilter({ done }: { done(): void }) {
  const words = useWords();
  const { layers, missions } = useWorld();
  const setFilter = useView((v) => v.setFilter);
  const usable = layers.filter((l) => filterable(l.fields, missions.length > 0).length > 0);
  const [id, setId] = useState(() => (usable.find((l) => l.visible) ?? usable[0])?.collection.id);
  const [name, setName] = useState<string>();
  const layer = usable.find((l) => l.collection.id === id);
  const field = layer?.fields.find((f) => f.name === name);
  const apply = (value: string) => {
    if (layer && field && value) setFilter(layer.collection.id, field.name, value);
    done();
  };
  return (
    <div className="add-filter">
      <Choice label={words.say('filters.layer')} value={id} options={usable.map((l) => ({ id: l.collection.id, label: words.collection(l.collection) }))} onChange={(next) => { setId(next); setName(undefined); }} />
      {layer && <FieldChoice layer={layer} hasMissions={missions.length > 0} value={name} onChange={setName} />}
      {field && <ValueField key={`${id}.${field.name}`} field={field} apply={apply} />}
      <Button look="quiet" onPress={done}>{words.say('action.cancel')}</Button>
    </div>
  );
}

function FieldChoice({ layer, hasMissions, value, onChange }: { layer: Layer; hasMissions: boolean; value: string | undefined; onChange(name: string): void }) {
  const words = useWords();
  const options = filterable(layer.fields, hasMissions).map((f) => ({ id: f.name, label: words.field(f) }));
  return <Choice label={words.say('filters.field')} value={value} placeholder={words.say('filters.choose')} options={options} onChange={onChange} />;
}

function ValueField({ field, apply }: { field: Field; apply(value: string): void }) {
  const words = useWords();
  const [value, setValue] = useState('');
  const codes = field.type === 'boolean' ? ['true', 'false'] : field.codes;
  if (codes.length)
    return <Choice label={words.say('filters.value')} value={undefined} placeholder={words.say('filters.choose')} options={codes.map((c) => ({ id: c, label: labelOf(field, c, words) }))} onChange={apply} />;
  return (
    <form onSubmit={(e) => { e.preventDefault(); apply(value.trim()); }}>
      <TextField className="field" value={value} onChange={setValue} autoFocus inputMode={field.type === 'string' ? 'text' : 'decimal'}>
        <Label>{words.say('filters.equals')}{field.unit ? ` (${field.unit})` : ''}</Label>
        <Input className="input" />
      </TextField>
      <Button type="submit" isDisabled={!value.trim()}>{words.say('filters.apply')}</Button>
    </form>
  );
}
