// A day typed as people write it. What is no day, or does not fit, is refused under the field; nothing changes until it is right.
import { useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { parseDay } from '../state/typed.ts';

interface Props {
  label: string;
  /** As 2016-01-01; '' is none. */
  value: string;
  /** Which day a month or a year alone stands for. */
  end: 'first' | 'last';
  onChange(day: string): void;
  /** What is wrong with a day, if something is. */
  refuse?(day: string): string | undefined;
  hideLabel?: boolean;
}

export function DayField({ label, value, end, onChange, refuse, hideLabel }: Props) {
  const words = useWords();
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const shown = typed ?? (value ? words.day(value) : '');
  const enter = () => {
    if (typed === undefined) return;
    const day = typed.trim() === '' ? '' : parseDay(typed, end, words.language);
    const wrong = day === undefined ? words.say('time.noDay', { text: typed.trim() }) : refuse?.(day);
    setProblem(wrong);
    if (wrong !== undefined) return;
    setTyped(undefined);
    if (day !== undefined && day !== value) onChange(day);
  };
  const leave = () => {
    setTyped(undefined);
    setProblem(undefined);
  };
  return (
    <TextField className="field day-field" value={shown} onChange={setTyped} isInvalid={problem !== undefined} onBlur={() => (problem === undefined ? enter() : leave())} aria-label={hideLabel ? label : undefined}>
      {!hideLabel && <Label>{label}</Label>}
      <Input className="input" onKeyDown={(e) => { if (e.key === 'Enter') enter(); else if (e.key === 'Escape' && typed !== undefined) { e.stopPropagation(); leave(); } }} />
      <FieldError className="field-error">{problem}</FieldError>
    </TextField>
  );
}
