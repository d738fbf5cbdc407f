// The inputs of a process that a workspace does not ask for itself: folded, with how many are not as usual.
import type { Process } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { questionOf, type FormValues } from './inputs.ts';
import { SchemaForm } from './SchemaForm.tsx';

interface Props {
  inputs: Process['inputs'];
  /** As they were typed. Absent: all as usual. */
  values: FormValues | undefined;
  onChange(values: FormValues | undefined): void;
}

export function OtherConditions({ inputs, values = {}, onChange }: Props) {
  const { say } = useWords();
  const { problems } = questionOf(inputs, values);
  const put = (name: string, value: unknown) => {
    const next = Object.fromEntries(Object.entries({ ...values, [name]: value }).filter(([, v]) => v !== undefined && v !== ''));
    onChange(Object.keys(next).length ? next : undefined);
  };
  const changed = Object.keys(values).length;
  return (
    <details className="other-conditions" data-testid="other-conditions">
      <summary>{say('medical.others', { n: changed })}</summary>
      {changed > 0 && <Button look="link" onPress={() => onChange(undefined)}>{say('medical.usual')}</Button>}
      <SchemaForm inputs={inputs} values={values} problems={Object.fromEntries(Object.entries(problems).map(([name, id]) => [name, say(id)]))} help onChange={put} />
    </details>
  );
}
