// Widgets that choose records: keys, collections, a filter that the server checks, and a time.
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Input, Label, TextArea, TextField } from 'react-aria-components';
import { askCount } from '../api/ask.ts';
import { ApiError } from '../api/client.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { datetimeOf } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { collectionOf } from './inputs.ts';
import { shownText, type FieldProps } from './PlainInputs.tsx';
import { RecordPicker } from './RecordPicker.tsx';

export function RecordsInput({ label, input, value, onChange }: FieldProps) {
  return <RecordPicker label={label} collection={collectionOf(input.schema) ?? ''} keys={(value as number[] | undefined) ?? []} onChange={onChange} />;
}

export function CollectionInput({ label, input, value, onChange }: FieldProps) {
  const words = useWords();
  const { layers } = useWorld();
  const options = layers.map(({ collection }) => ({ id: collection.id, label: words.collection(collection) }));
  return <Choice label={label} value={shownText(value, input) || undefined} placeholder={words.say('filters.choose')} options={options} onChange={onChange} />;
}

export function CollectionsInput({ label, value, onChange, describedBy }: FieldProps) {
  const words = useWords();
  const { layers } = useWorld();
  return (
    <CheckboxGroup className="field" value={(value as string[] | undefined) ?? []} onChange={onChange} aria-describedby={describedBy}>
      <Label>{label}</Label>
      <div className="picker-list">
        {layers.map(({ collection }) => <Checkbox key={collection.id} value={collection.id} className="check"><i />{words.collection(collection)}</Checkbox>)}
      </div>
    </CheckboxGroup>
  );
}

export function IntervalInput({ label, input, value, onChange, describedBy }: FieldProps) {
  const { say } = useWords();
  const bar = datetimeOf(useView((v) => v.time));
  return (
    <>
      <TextField className="field" value={shownText(value, input)} onChange={onChange} aria-describedby={describedBy}>
        <Label>{label}</Label>
        <Input className="input" dir="ltr" placeholder="2016-01-01/2018-08-31" />
      </TextField>
      {bar && <Button look="link" onPress={() => onChange(bar)}>{say('form.barTime')}</Button>}
    </>
  );
}

type Checked = { text: string; bad: boolean };

/** The collection that the form asks about, where it says one. */
const collectionIn = (values: FieldProps['values']) => (typeof values.collection === 'string' && values.collection ? values.collection : 'incidents');

export function FilterInput({ label, input, value, values, onChange, describedBy }: FieldProps) {
  const { say, count } = useWords();
  const [checked, setChecked] = useState<Checked>();
  const text = shownText(value, input);
  const check = async () => {
    try {
      setChecked({ text: say('form.passes', { n: count(await askCount(collectionIn(values), { filter: text })) }), bad: false });
    } catch (e) {
      setChecked({ text: (e instanceof ApiError && e.message) || say('state.unreachable'), bad: true });
    }
  };
  const write = (next: string) => {
    setChecked(undefined);
    onChange(next);
  };
  return (
    <>
      <TextField className="field" value={text} onChange={write} aria-describedby={describedBy}>
        <Label>{label}</Label>
        <TextArea className="input wide" rows={2} dir="ltr" spellCheck={false} />
      </TextField>
      {text.trim() && <Button look="link" onPress={() => void check()}>{say('form.check')}</Button>}
      <p className={checked?.bad ? 'field-error' : 'note'} role="status">{checked?.text}</p>
    </>
  );
}
