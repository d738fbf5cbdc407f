// A form that follows from a process description: each input's JSON Schema chooses its widget.
import { Checkbox, Input, Label, NumberField, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { ProcessInput } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { Choice } from '../ui/Choice.tsx';
import { Slider } from '../ui/Slider.tsx';
import { RecordPicker } from './RecordPicker.tsx';

export type FormValues = Record<string, unknown>;

interface Props {
  inputs: Record<string, ProcessInput>;
  values: FormValues;
  onChange(name: string, value: unknown): void;
}

interface FieldProps {
  name: string;
  input: ProcessInput;
  value: unknown;
  onChange(value: unknown): void;
}

export function SchemaForm({ inputs, values, onChange }: Props) {
  return Object.entries(inputs).map(([name, input]) => {
    const Widget = widgetFor(input);
    return Widget && <Widget key={name} name={name} input={input} value={values[name]} onChange={(v) => onChange(name, v)} />;
  });
}

/** Undefined for an input that no widget fits: then it stays at the server's default. */
export function widgetFor({ schema }: ProcessInput) {
  if (collectionOf(schema)) return RecordsInput;
  if (Array.isArray(schema.enum)) return EnumInput;
  if (schema.type === 'number' || schema.type === 'integer') return NumberInput;
  if (schema.type === 'boolean') return BooleanInput;
  return schema.type === 'string' ? TextInput : undefined;
}

/** The collection that an input's keys are picked from. */
export function collectionOf(schema: ProcessInput['schema']): string | undefined {
  const own = schema['x-collection'];
  const items = schema.items as Record<string, unknown> | undefined;
  const found = own ?? items?.['x-collection'];
  return typeof found === 'string' ? found : undefined;
}

function useLabel(name: string, input: ProcessInput) {
  const words = useWords();
  return words.field({ name, title: input.title });
}

function RecordsInput({ name, input, value, onChange }: FieldProps) {
  const label = useLabel(name, input);
  return <RecordPicker label={label} collection={collectionOf(input.schema) ?? ''} keys={(value as number[] | undefined) ?? []} onChange={onChange} />;
}

function EnumInput({ name, input, value, onChange }: FieldProps) {
  const words = useWords();
  const label = useLabel(name, input);
  const codes = (input.schema.enum as unknown[]).map(String);
  return <Choice label={label} value={value === undefined ? undefined : String(value)} options={codes.map((c) => ({ id: c, label: words.code(name, c) }))} onChange={onChange} />;
}

function BooleanInput({ name, input, value, onChange }: FieldProps) {
  const label = useLabel(name, input);
  return <Checkbox className="check" isSelected={value === true} onChange={onChange}><i />{label}</Checkbox>;
}

function TextInput({ name, input, value, onChange }: FieldProps) {
  const label = useLabel(name, input);
  return (
    <TextField className="field" value={String(value ?? '')} onChange={(v) => onChange(v || undefined)}>
      <Label>{label}</Label>
      <Input className="input" placeholder={input.schema['x-kind'] === 'interval' ? '2016-01-01/2018-08-31' : ''} />
    </TextField>
  );
}

/** Metres are asked in kilometres. An optional number may be left to each record. */
function NumberInput({ name, input, value, onChange }: FieldProps) {
  const words = useWords();
  const label = useLabel(name, input);
  const metres = input.schema['x-unit'] === 'm' || name.endsWith('_m');
  const factor = metres ? 1000 : 1;
  const unit = metres ? 'km' : String(input.schema['x-unit'] ?? '');
  const optional = input.minOccurs === 0 && input.schema.default === undefined;
  const own = optional && value === undefined;
  const shown = typeof value === 'number' ? value / factor : Number(input.schema.default ?? (metres ? 50000 : 0)) / factor;
  const least = Number(input.schema.minimum ?? input.schema.exclusiveMinimum ?? 0) / factor;
  const field = (
    <NumberField className="field number" aria-label={label} value={shown} minValue={Math.max(least, metres ? 0.1 : least)} isDisabled={own} onChange={(v) => onChange(Number.isFinite(v) ? v * factor : undefined)}>
      <div className="with-unit"><Input className="input" /><span>{unit}</span></div>
    </NumberField>
  );
  const slider = metres && <Slider label={label} value={shown} least={5} most={200} step={1} onBegin={beginGesture} onChange={(v) => onChange(v * factor)} onEnd={endGesture} />;
  if (!optional) return <div className="field"><Label>{label}</Label>{field}{slider}</div>;
  return (
    <RadioGroup className="field" value={own ? 'own' : 'same'} onChange={(v) => onChange(v === 'own' ? undefined : shown * factor)}>
      <Label>{label}</Label>
      <Radio value="own" className="radio"><i />{words.say('form.own')}</Radio>
      <div className="radio-row"><Radio value="same" className="radio"><i />{words.say('form.same')}</Radio>{field}</div>
      {!own && slider}
    </RadioGroup>
  );
}
