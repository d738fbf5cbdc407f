// A form that follows from a process description: each input's JSON Schema chooses its widget.
import { useId, type ComponentType } from 'react';
import type { ProcessInput } from '../api/shapes.ts';
import { textIn, useHelp } from '../i18n/help.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { inputKind, isRequired, type FormValues, type InputKind } from './inputs.ts';
import { BooleanInput, ChoiceInput, NumberInput, TextInput, WideTextInput, type FieldProps } from './PlainInputs.tsx';
import { BoxInput, ShapeInput, ShapesInput } from './ShapeInputs.tsx';
import { CollectionInput, CollectionsInput, FilterInput, IntervalInput, RecordsInput } from './SelectionInputs.tsx';

interface Props {
  inputs: Record<string, ProcessInput>;
  values: FormValues;
  onChange(name: string, value: unknown): void;
  /** What is wrong, by input. */
  problems?: Record<string, string>;
  /** With what each input means, beneath it. */
  help?: boolean;
}

const widgets: Record<InputKind, ComponentType<FieldProps>> = {
  records: RecordsInput, collection: CollectionInput, collections: CollectionsInput, choice: ChoiceInput, number: NumberInput, boolean: BooleanInput,
  box: BoxInput, numbers: TextInput, texts: TextInput, shape: ShapeInput, shapes: ShapesInput, interval: IntervalInput, filter: FilterInput, text: TextInput, json: WideTextInput,
};

export function SchemaForm({ inputs, values, onChange, problems = {}, help = false }: Props) {
  return Object.entries(inputs).map(([name, input]) => (
    <Framed key={name} name={name} input={input} value={values[name]} values={values} onChange={(v) => onChange(name, v)} problem={problems[name]} help={help} />
  ));
}

interface FramedProps extends Omit<FieldProps, 'label' | 'describedBy'> {
  problem?: string;
  help: boolean;
}

function Framed({ problem, help, ...field }: FramedProps) {
  const words = useWords();
  const id = useId();
  const { name, input } = field;
  const Widget = widgets[inputKind(name, input)];
  const title = words.input({ name, title: input.title });
  const label = isRequired(input) ? words.say('form.required', { label: title }) : title;
  const texts = useHelp(help);
  const note = help ? helpOf({ ...input, description: textIn(texts, input.description) }, words) : '';
  const describedBy = [note && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="schema-field" data-input={name} data-problem={problem ? true : undefined} tabIndex={-1}>
      <Widget {...field} label={label} describedBy={describedBy} />
      {note && <p className="note" dir="auto" id={`${id}-help`}>{note}</p>}
      {problem && <p className="field-error" role="alert" id={`${id}-problem`}>{problem}</p>}
    </div>
  );
}

/** What the input means, and between which numbers it may stand. */
function helpOf({ description, schema }: ProcessInput, { say, count, unit: unitText }: Words): string {
  const { minimum, maximum } = schema;
  const [least, most] = [typeof minimum === 'number' ? count(minimum, 6) : '', typeof maximum === 'number' ? count(maximum, 6) : ''];
  const range = least && most ? say('form.between', { least, most }) : least ? say('form.least', { least }) : most ? say('form.most', { most }) : '';
  return [description, range && [range, typeof schema['x-unit'] === 'string' ? unitText(schema['x-unit']) : ''].filter(Boolean).join(' ')].filter(Boolean).join(' ');
}
