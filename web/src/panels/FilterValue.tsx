// What a field may hold: each change acts at once, and counts, map and charts follow.
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Input, Label, NumberField, TextField } from 'react-aria-components';
import type { Field } from '../api/shapes.ts';
import { useWords, type Words } from '../i18n/words.ts';
import type { FieldFilter } from '../state/filters.ts';
import { DayField } from '../ui/DayField.tsx';

interface Props {
  field: Field;
  filter: FieldFilter | undefined;
  onChange(filter: FieldFilter | undefined): void;
}

/** "From (km)". */
const inUnit = (words: Words, label: string, { unit }: Field) => (words.unit(unit) ? `${label} (${words.unit(unit)})` : label);

export function FilterValue(props: Props) {
  const { field } = props;
  if (field.type === 'boolean' || field.codes.length) return <Codes {...props} />;
  if (field.type === 'integer' || field.type === 'number') return <Numbers {...props} />;
  return field.format?.startsWith('date') ? <Days {...props} /> : <Text {...props} />;
}

function Codes({ field, filter, onChange }: Props) {
  const words = useWords();
  const codes = field.type === 'boolean' ? ['true', 'false'] : field.codes;
  const label = (c: string) => (field.type === 'boolean' ? words.value(field, c === 'true') : words.code(field.name, c));
  return (
    <CheckboxGroup className="field codes" aria-label={words.field(field)} value={filter && 'values' in filter ? filter.values : []} onChange={(values) => onChange({ values })}>
      {codes.map((c) => <Checkbox key={c} value={c} className="check"><i />{label(c)}</Checkbox>)}
    </CheckboxGroup>
  );
}

const endsOf = (filter: FieldFilter | undefined) => (filter && 'from' in filter ? filter : { from: '', to: '' });

function Numbers({ field, filter, onChange }: Props) {
  const words = useWords();
  const [wrong, setWrong] = useState(false);
  const ends = endsOf(filter);
  const set = (which: 'from' | 'to', value: number) => {
    const next = { ...ends, [which]: Number.isFinite(value) ? String(value) : '' };
    const reversed = next.from !== '' && next.to !== '' && Number(next.from) > Number(next.to);
    setWrong(reversed);
    if (!reversed) onChange(next);
  };
  return (
    <div className="field">
      <div className="range-row">
        {(['from', 'to'] as const).map((which) => (
          <NumberField key={which} className="field" value={ends[which] === '' ? NaN : Number(ends[which])} onChange={(v) => set(which, v)} isInvalid={wrong}>
            <Label>{inUnit(words, words.say(`filters.${which}`), field)}</Label>
            <Input className="input" />
          </NumberField>
        ))}
      </div>
      {wrong && <p className="field-error" role="alert">{words.say('filters.reversed')}</p>}
    </div>
  );
}

function Days({ filter, onChange }: Props) {
  const words = useWords();
  const ends = endsOf(filter);
  const refuse = (from: string, to: string) => (from && to && from > to ? words.say('time.reversed', { from: words.day(from), to: words.day(to) }) : undefined);
  return (
    <div className="range-row">
      <DayField label={words.say('filters.from')} value={ends.from} end="first" onChange={(from) => onChange({ ...ends, from })} refuse={(from) => refuse(from, ends.to)} />
      <DayField label={words.say('filters.to')} value={ends.to} end="last" onChange={(to) => onChange({ ...ends, to })} refuse={(to) => refuse(ends.from, to)} />
    </div>
  );
}

function Text({ field, filter, onChange }: Props) {
  const words = useWords();
  const now = filter && 'values' in filter ? (filter.values[0] ?? '') : '';
  const [text, setText] = useState(now);
  const apply = () => onChange(text.trim() ? { values: [text.trim()] } : undefined);
  return (
    <TextField className="field" value={text} onChange={setText} onBlur={() => text.trim() !== now && apply()}>
      <Label>{inUnit(words, words.say('filters.equals'), field)}</Label>
      <Input className="input" onKeyDown={(e) => e.key === 'Enter' && apply()} />
    </TextField>
  );
}
