// Widgets for one number, one choice, yes or no, and text.
import { Checkbox, Input, Label, NumberField, Radio, RadioGroup, TextArea, TextField } from 'react-aria-components';
import type { ProcessInput } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { beginGesture, endGesture } from '../state/history.ts';
import { Choice } from '../ui/Choice.tsx';
import { Slider } from '../ui/Slider.tsx';
import { codesOf, type FormValues } from './inputs.ts';

export interface FieldProps {
  name: string;
  label: string;
  input: ProcessInput;
  value: unknown;
  /** Of the whole form: a filter is checked against the collection that is chosen. */
  values: FormValues;
  onChange(value: unknown): void;
  describedBy?: string;
}

/** What the field shows: the value, or what the server takes without one. */
export const shownText = (value: unknown, { schema }: ProcessInput): string => {
  const shown = value ?? schema.default ?? '';
  return Array.isArray(shown) ? shown.join(', ') : typeof shown === 'object' ? JSON.stringify(shown) : String(shown as string | number | boolean);
};

export function ChoiceInput({ name, label, input, value, onChange }: FieldProps) {
  const words = useWords();
  const options = codesOf(input.schema).map((c) => ({ id: c, label: words.code(name, c) }));
  return <Choice label={label} value={shownText(value, input) || undefined} placeholder={words.say('filters.choose')} options={options} onChange={onChange} />;
}

export function BooleanInput({ label, input, value, onChange, describedBy }: FieldProps) {
  return <Checkbox className="check" isSelected={(value ?? input.schema.default) === true} onChange={onChange} aria-describedby={describedBy}><i />{label}</Checkbox>;
}

export function TextInput({ label, input, value, onChange, describedBy }: FieldProps) {
  return (
    <TextField className="field" value={shownText(value, input)} onChange={onChange} aria-describedby={describedBy}>
      <Label>{label}</Label>
      <Input className="input" />
    </TextField>
  );
}

export function WideTextInput({ label, input, value, onChange, describedBy }: FieldProps) {
  return (
    <TextField className="field" value={shownText(value, input)} onChange={onChange} aria-describedby={describedBy}>
      <Label>{label}</Label>
      <TextArea className="input wide" rows={2} dir="ltr" spellCheck={false} />
    </TextField>
  );
}

/** The reach of bases may be left to each of them. */
export function NumberInput(props: FieldProps) {
  return props.name === 'radius_m' && props.input.schema.default === undefined && props.input.minOccurs === 0 ? <OwnNumber {...props} /> : <OneNumber {...props} />;
}

/** Metres are asked in kilometres. */
function scaleOf(name: string, { schema }: ProcessInput) {
  const metres = schema['x-unit'] === 'm' || name.endsWith('_m');
  const factor = metres ? 1000 : 1;
  const by = (limit: unknown) => (typeof limit === 'number' ? limit / factor : undefined);
  return { metres, factor, unit: metres ? 'km' : typeof schema['x-unit'] === 'string' ? schema['x-unit'] : undefined, least: by(schema.minimum ?? schema.exclusiveMinimum), most: by(schema.maximum ?? schema.exclusiveMaximum) };
}

function OneNumber({ name, label, input, value, onChange, describedBy }: FieldProps) {
  const words = useWords();
  const { factor, unit, least, most } = scaleOf(name, input);
  const now = value ?? input.schema.default;
  // Unrounded: a share of 0.005 is no 0.
  const format = { maximumFractionDigits: input.schema.type === 'integer' ? 0 : 9 };
  return (
    <NumberField className="field number" value={typeof now === 'number' ? now / factor : NaN} minValue={least} maxValue={most} formatOptions={format} onChange={(v) => onChange(Number.isFinite(v) ? v * factor : undefined)} aria-describedby={describedBy}>
      <Label>{label}</Label>
      <div className="with-unit"><Input className="input" /><span>{words.unit(unit)}</span></div>
    </NumberField>
  );
}

function OwnNumber({ name, label, input, value, onChange, describedBy }: FieldProps) {
  const words = useWords();
  const { metres, factor, unit, least = 0 } = scaleOf(name, input);
  const own = value === undefined;
  const shown = typeof value === 'number' ? value / factor : metres ? 50 : 0;
  return (
    <RadioGroup className="field" value={own ? 'own' : 'same'} onChange={(v) => onChange(v === 'own' ? undefined : shown * factor)} aria-describedby={describedBy}>
      <Label>{label}</Label>
      <Radio value="own" className="radio"><i />{words.say('form.own')}</Radio>
      <div className="radio-row">
        <Radio value="same" className="radio"><i />{words.say('form.same')}</Radio>
        <NumberField className="field number" aria-label={label} value={shown} minValue={Math.max(least, metres ? 0.1 : least)} isDisabled={own} onChange={(v) => onChange(Number.isFinite(v) ? v * factor : undefined)}>
          <div className="with-unit"><Input className="input" /><span>{words.unit(unit)}</span></div>
        </NumberField>
      </div>
      {!own && metres && <Slider label={label} value={shown} least={5} most={200} step={1} onBegin={beginGesture} onChange={(v) => onChange(v * factor)} onEnd={endGesture} />}
    </RadioGroup>
  );
}
