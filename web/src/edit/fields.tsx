// One widget for each kind of field of a schema. Null is "not stated" everywhere; what is wrong with a value the server says.
import { useId, useState } from 'react';
import { FieldError, Input, Label, NumberField, TextArea, TextField } from 'react-aria-components';
import type { Field } from '../api/shapes.ts';
import { fold } from '../geo/fold.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { Choice } from '../ui/Choice.tsx';
import { DayField } from '../ui/DayField.tsx';

export interface FieldProps {
  field: Field;
  value: unknown;
  /** What the server said of it. */
  problem?: string;
  onChange(value: unknown): void;
}

/** Undefined for a field that no widget fits: it stays as it is. */
export function widgetOf(f: Field) {
  if (f.geometry || f.readOnly || f.type === 'object') return undefined;
  if (f.closed) return ClosedField;
  if (f.codes.length) return CodeField;
  if (f.type === 'boolean') return TruthField;
  if (f.type === 'integer' || f.type === 'number') return AmountField;
  if (f.type === 'array') return ListField;
  if (f.format === 'date') return DateField;
  return f.format === 'date-time' ? MomentField : WordsField;
}

const none = '-';
const textOf = (v: unknown): string => (v === null || v === undefined ? '' : String(v));
const labelOf = (f: Field, words: Words): string => words.field(f) + (f.required ? ' *' : '');

const Wrong = ({ problem }: { problem?: string }) => (problem ? <p className="state bad" role="alert">{problem}</p> : null);

/** Only codes of the list fit. */
function ClosedField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  const options = [{ id: none, label: words.say('edit.notStated') }, ...field.codes.map((c) => ({ id: c, label: words.code(field.name, c) }))];
  return (
    <div data-field={field.name}>
      <Choice label={labelOf(field, words)} options={options} value={textOf(value) || none} onChange={(id) => onChange(id === none ? null : id)} />
      <Wrong problem={problem} />
    </div>
  );
}

function TruthField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  const options = [{ id: none, label: words.say('edit.notStated') }, { id: 'true', label: words.say('value.yes') }, { id: 'false', label: words.say('value.no') }];
  return (
    <div data-field={field.name}>
      <Choice label={labelOf(field, words)} options={options} value={typeof value === 'boolean' ? String(value) : none} onChange={(id) => onChange(id === none ? null : id === 'true')} />
      <Wrong problem={problem} />
    </div>
  );
}

/** The list is what is usual: any other word may be typed. Codes are offered, and shown, in the reader's language. */
function CodeField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  const list = useId();
  const [typed, setTyped] = useState<string>();
  const options = field.codes.map((c) => ({ id: c, label: words.code(field.name, c) }));
  const known = options.find((o) => o.id === value);
  const enter = (text: string) => {
    const match = options.find((o) => fold(o.label) === fold(text) || fold(o.id) === fold(text));
    onChange(match?.id ?? (text.trim() || null));
    setTyped(undefined);
  };
  // A word of the list that is picked, or typed to its end, counts at once.
  const change = (text: string) => (options.some((o) => o.label === text) ? enter(text) : setTyped(text));
  return (
    <TextField className="field" data-field={field.name} value={typed ?? known?.label ?? textOf(value)} onChange={change} onBlur={() => typed !== undefined && enter(typed)} isInvalid={problem !== undefined}>
      <Label>{labelOf(field, words)}</Label>
      <Input className="input" list={list} dir="auto" onKeyDown={(e) => e.key === 'Enter' && typed !== undefined && enter(typed)} />
      <datalist id={list}>{options.map((o) => <option key={o.id} value={o.label} />)}</datalist>
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}

/** Nothing is rounded or held to the limits in silence: the server refuses what does not fit. */
function AmountField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  const { minimum, maximum } = field;
  const hint = minimum !== undefined && maximum !== undefined ? words.say('filters.between', { from: words.count(minimum), to: words.count(maximum) }) : '';
  return (
    <NumberField className="field number" data-field={field.name} value={typeof value === 'number' ? value : NaN} formatOptions={{ maximumFractionDigits: 10 }} onChange={(v) => onChange(Number.isFinite(v) ? v : null)} isInvalid={problem !== undefined}>
      <Label>{labelOf(field, words)}</Label>
      <div className="with-unit"><Input className="input" /><span>{[words.unit(field.unit), hint].filter(Boolean).join(' · ')}</span></div>
      <FieldError className="field-error">{problem}</FieldError>
    </NumberField>
  );
}

const wide = new Set(['notes', 'text', 'description']);

function WordsField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  return (
    <TextField className="field" data-field={field.name} value={textOf(value)} onChange={(v) => onChange(v === '' ? null : v)} isInvalid={problem !== undefined}>
      <Label>{labelOf(field, words)}</Label>
      {wide.has(field.name) ? <TextArea className="input" rows={3} /> : <Input className="input" dir="auto" />}
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}

/** Values with commas between. */
function ListField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  const [typed, setTyped] = useState<string>();
  const list = Array.isArray(value) ? value : [];
  const numbers = list.length > 0 && list.every((v) => typeof v === 'number');
  const enter = () => {
    if (typed === undefined) return;
    const parts = typed.split(/[,،、]/).map((p) => p.trim()).filter(Boolean);
    onChange(parts.length ? (numbers || parts.every((p) => /^-?\d+$/.test(p)) ? parts.map(Number) : parts) : null);
    setTyped(undefined);
  };
  return (
    <TextField className="field" data-field={field.name} value={typed ?? list.join(', ')} onChange={setTyped} onBlur={enter} isInvalid={problem !== undefined}>
      <Label>{labelOf(field, words)}</Label>
      <Input className="input" />
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}

function DateField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  return (
    <div data-field={field.name}>
      <DayField label={labelOf(field, words)} value={textOf(value).slice(0, 10)} end="first" onChange={(day) => onChange(day || null)} />
      <Wrong problem={problem} />
    </div>
  );
}

/** A day and, beside it, the time of day in UTC. */
function MomentField({ field, value, problem, onChange }: FieldProps) {
  const words = useWords();
  const at = textOf(value);
  return (
    <div className="moment" data-field={field.name}>
      <DayField label={labelOf(field, words)} value={at.slice(0, 10)} end="first" onChange={(day) => onChange(day ? `${day}T${at.slice(11, 19) || '00:00:00'}Z` : null)} />
      <HourField label={words.say('edit.hour')} value={at.slice(11, 16)} isDisabled={!at} onChange={(hour) => onChange(`${at.slice(0, 10)}T${hour}:00Z`)} />
      <Wrong problem={problem} />
    </div>
  );
}

const hourOf = (text: string): string | undefined => {
  const [, h, m] = /^\s*(\d{1,2})(?:\D?(\d{2}))?\s*$/.exec(text) ?? [];
  return h !== undefined && Number(h) < 24 && Number(m ?? 0) < 60 ? `${h.padStart(2, '0')}:${m ?? '00'}` : undefined;
};

/** 14:05, 1405 or 14; what is no time is taken back to what it was. */
export function HourField({ label, value, isDisabled, onChange }: { label: string; value: string; isDisabled?: boolean; onChange(hour: string): void }) {
  const [typed, setTyped] = useState<string>();
  const enter = () => {
    const hour = typed === undefined ? undefined : hourOf(typed);
    setTyped(undefined);
    if (hour !== undefined && hour !== value) onChange(hour);
  };
  return (
    <TextField className="field hour" value={typed ?? value} onChange={setTyped} onBlur={enter} isDisabled={isDisabled}>
      <Label>{label}</Label>
      <Input className="input" placeholder="00:00" dir="ltr" onKeyDown={(e) => e.key === 'Enter' && enter()} />
    </TextField>
  );
}
