// A whole number that is typed: taken with Enter, or when the field is left. Empty where it is not known.
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

export function FieldNumber({ label, value, onChange }: { label: string; value: number | undefined; onChange(value: number): void }) {
  const told = value === undefined ? '' : String(value);
  const [text, setText] = useState(told);
  const enter = () => {
    const n = Number(text);
    if (!text.trim() || !Number.isInteger(n) || n < 0) return setText(told);
    if (n !== value) onChange(n);
  };
  return (
    <TextField className="field" value={text} onChange={setText} onBlur={enter} onKeyDown={(e) => { if (e.key === 'Enter') enter(); }}>
      <Label>{label}</Label>
      <Input className="input" inputMode="numeric" dir="ltr" />
    </TextField>
  );
}
