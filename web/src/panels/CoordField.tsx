// A place typed as a coordinate, in any of the forms that the go-to field reads; what is wrong stands under the field.
import { useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { isPlace, parseCoord } from '../geo/coords.ts';
import type { Place } from '../geo/geodesic.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';

export function CoordField({ label, onPlace }: { label: string; onPlace(place: Place): void }) {
  const { say } = useWords();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const read = parseCoord(text);
  const problem = isPlace(read) ? undefined : read ? say(`goto.bad.${read.problem}`, { value: read.value }) : say('coords.unread');
  const wrong = asked && text.trim() !== '' && problem !== undefined;
  const add = () => {
    setAsked(true);
    if (!isPlace(read)) return;
    onPlace([read.lon, read.lat]);
    setText('');
    setAsked(false);
  };
  return (
    <TextField className="field coord-field" value={text} isInvalid={wrong} onChange={(v) => { setText(v); setAsked(false); }} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); add(); } }}>
      <Label>{label}</Label>
      <div className="with-button">
        <Input className="input" placeholder="30PXB 24649 85076" dir="ltr" />
        <Button onPress={add} isDisabled={!text.trim()}>{say('draw.add')}</Button>
      </div>
      <FieldError className="state bad">{problem}</FieldError>
    </TextField>
  );
}
