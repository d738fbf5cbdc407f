// The page as it stood at a moment: chosen by day and hour, told above everything while it lasts, and then nothing can be changed.
import { useState } from 'react';
import { HourField } from '../edit/fields.tsx';
import { useWords } from '../i18n/words.ts';
import { parseMoment } from '../state/time.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { DayField } from '../ui/DayField.tsx';
import { Icon } from '../ui/Icon.tsx';

export function AsOf() {
  const { say } = useWords();
  const { asof, goBack } = useView();
  const [day, setDay] = useState(asof?.slice(0, 10) ?? '');
  const [hour, setHour] = useState(asof?.slice(11, 16) ?? '');
  // A day alone is the state at its end.
  const moment = parseMoment(`${day}T${hour ? `${hour}:00` : '23:59:59'}Z`);
  return (
    <form className="asof" aria-label={say('asof.title')} onSubmit={(e) => { e.preventDefault(); if (moment) goBack(moment); }}>
      <span className="label">{say('asof.title')}</span>
      <div className="moment">
        <DayField label={say('asof.day')} value={day} end="last" onChange={setDay} />
        <HourField label={say('edit.hour')} value={hour} onChange={setHour} />
      </div>
      <div className="tool-row">
        <Button type="submit" isDisabled={!moment}>{say('asof.go')}</Button>
        {asof && <Button look="quiet" onPress={() => goBack(undefined)}>{say('asof.now')}</Button>}
      </div>
    </form>
  );
}

/** Above the page, while it shows the past. */
export function PastStrip() {
  const words = useWords();
  const { asof, goBack } = useView();
  if (!asof) return null;
  return (
    <div className="strip past" role="status" data-testid="past">
      <Icon name="clock" />
      <span>{words.say('asof.shown', { time: words.moment(Date.parse(asof), true) })}</span>
      <Button onPress={() => goBack(undefined)}>{words.say('asof.now')}</Button>
    </div>
  );
}
