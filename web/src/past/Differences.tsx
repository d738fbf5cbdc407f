// What one change did to one record: each field as it was and as it became, the shape told by its place.
import { useSchema } from '../api/queries.ts';
import type { Version } from '../api/shapes.ts';
import { differencesOf, shapeField } from '../edit/conflict.ts';
import { fieldText, shapeText } from '../edit/DecisionDialog.tsx';
import { useWords } from '../i18n/words.ts';
import { usePrefs } from '../state/prefs.ts';

interface Props {
  collection: string;
  before?: Version | null;
  after?: Version | null;
}

export function Differences({ collection, before, after }: Props) {
  const words = useWords();
  const { say } = words;
  const fields = useSchema(collection).data ?? [];
  const format = usePrefs((p) => p.coords);
  if (!before || !after) return null;
  const text = (name: string, v: unknown) => (name === shapeField ? shapeText(v as GeoJSON.Geometry | null, format, say('card.noPlace')) : fieldText(fields, name, v, words)) || say('edit.notStated');
  const found = differencesOf({ mine: before, theirs: after });
  if (!found.length) return <p className="note">{say('history.same')}</p>;
  return (
    <dl className="facts differences">
      {found.map((d) => (
        <div key={d.field} data-field={d.field || 'geometry'}>
          <dt>{d.field === shapeField ? say('edit.place') : words.field(fields.find((f) => f.name === d.field) ?? { name: d.field, title: '' })}</dt>
          <dd><del dir="auto">{text(d.field, d.mine)}</del> <ins dir="auto">{text(d.field, d.theirs)}</ins></dd>
        </div>
      ))}
    </dl>
  );
}
