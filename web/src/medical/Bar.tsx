// Legs as one bar, hatched by kind, with the limits as marks on it. What it shows stands beside it as text.
import type { Leg } from '../api/evacuation.ts';
import { useWords } from '../i18n/words.ts';
import { segmentsOf } from './figures.ts';

interface Mark {
  minutes: number;
  /** What stands at it, where there is room. */
  label?: string;
  limit?: boolean;
}

interface Props {
  legs: Leg[];
  /** Minutes from end to end. */
  whole: number;
  marks: Mark[];
  /** With the minutes of each leg, where it is wide enough. */
  figures?: boolean;
}

/** A figure needs so much of the bar. */
const room = 9;

export function Bar({ legs, whole, marks, figures = false }: Props) {
  const { count } = useWords();
  return (
    <div className="care-bar" aria-hidden="true" data-figures={figures || undefined}>
      {segmentsOf(legs, whole).map(({ leg, kind, from, width }, i) => (
        <i key={i} data-kind={kind} data-limiting={leg.limiting || undefined} style={{ insetInlineStart: `${from}%`, inlineSize: `${width}%` }}>{figures && width > room && <b>{count(leg.minutes)}</b>}</i>
      ))}
      {marks.map(({ minutes, label, limit }) => <u key={minutes} data-limit={limit || undefined} style={{ insetInlineStart: `${(100 * minutes) / whole}%` }}>{label && <small>{label}</small>}</u>)}
    </div>
  );
}
