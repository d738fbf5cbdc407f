// A text that is typed: taken with Enter, or when the field is left; never empty.
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

export function FieldText({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  const [text, setText] = useState(value);
  const enter = () => {
    const next = text.trim();
    if (!next) return setText(value);
    if (next !== value) onChange(next);
  };
  return (
    <TextField className="field" value={text} onChange={setText} maxLength={200} onBlur={enter} onKeyDown={(e) => { if (e.key === 'Enter') enter(); }}>
      <Label>{label}</Label>
      <Input className="input" dir="auto" />
    </TextField>
  );
}
