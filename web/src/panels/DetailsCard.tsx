// One record: what and where, its fields, and always its source and how far it can be trusted.
import { useState } from 'react';
import { useSchema } from '../api/queries.ts';
import type { Field, Item } from '../api/shapes.ts';
import type { Layer } from '../app/world.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { usePrefs } from '../state/prefs.ts';
import { Button } from '../ui/Button.tsx';
import { Actions, CardFrame, type CardProps } from './CardFrame.tsx';
import { gradeOf, isSynthetic } from './incident.ts';

const trust = ['source', 'confidence', 'reliability', 'credibility', 'place_precision', 'time_precision', 'verified'];
const hidden = new Set(['name', 'id', 'kind', 'source_id', 'classification', 'created', 'updated', 'author', ...trust]);
const figures = ['killed', 'injured', 'population', 'beds', 'capacity'];
const firstFields = 6;

export function DetailsCard(props: CardProps) {
  const words = useWords();
  const { layer, item } = props;
  const schema = useSchema(layer.collection.id);
  const title = (item && nameOf(item.properties)) || words.say('card.record', { name: words.collection(layer.collection), key: item?.key ?? 0 });
  return (
    <CardFrame {...props} title={title} where={item && <Where item={item} layer={layer} words={words} />}>
      {item && <Facts item={item} fields={schema.data ?? layer.fields} words={words} />}
      {item && isSynthetic(item.properties) && <p className="note synthetic">{words.say('card.synthetic')}</p>}
      {item && <Actions item={item} layer={layer} title={title} />}
    </CardFrame>
  );
}

function Where({ item, layer, words }: { item: Item; layer: Layer; words: Words }) {
  const format = usePrefs((p) => p.coords);
  const at = item.geometry ? formatCoord(...anchorOf(item.geometry), format) : words.say('card.noPlace');
  const subject = textOf(item.properties.kind) ? words.code('kind', textOf(item.properties.kind)) : words.collection(layer.collection);
  return <>{subject} · <bdi dir="ltr">{at}</bdi></>;
}

const present = (item: Item, f: Field) => item.properties[f.name] !== null && item.properties[f.name] !== undefined && item.properties[f.name] !== '';

function Facts({ item, fields, words }: { item: Item; fields: Field[]; words: Words }) {
  const [all, setAll] = useState(false);
  const usable = fields.filter((f) => !f.geometry && present(item, f));
  const key = usable.filter((f) => figures.includes(f.name)).slice(0, 2);
  const plain = usable.filter((f) => !hidden.has(f.name) && !key.includes(f));
  const shown = all ? plain : plain.slice(0, firstFields);
  return (
    <>
      {key.length > 0 && (
        <dl className="figures">
          {key.map((f) => <div key={f.name}><dt>{words.field(f)}</dt><dd>{words.value(f, item.properties[f.name])}</dd></div>)}
        </dl>
      )}
      <dl className="facts">
        {shown.map((f) => <Fact key={f.name} field={f} item={item} words={words} />)}
        <Trust item={item} fields={fields} words={words} />
      </dl>
      {plain.length > firstFields && (
        <Button look="link" onPress={() => setAll(!all)}>{words.say(all ? 'card.fewer' : 'card.more', { n: plain.length - firstFields })}</Button>
      )}
    </>
  );
}

const Fact = ({ field, item, words }: { field: Field; item: Item; words: Words }) => (
  <div><dt>{words.field(field)}</dt><dd>{words.value(field, item.properties[field.name])}</dd></div>
);

/** What the sender said is only approximate, kept beside the fields of the schema. */
function approximation({ properties }: Item): string {
  const extra = properties.extra;
  return typeof extra === 'object' && extra !== null && 'approximate' in extra ? textOf(extra.approximate) : '';
}

/** Source and precision are stated on every card, also when nobody has said them. */
function Trust({ item, fields, words }: { item: Item; fields: Field[]; words: Words }) {
  const known = trust.flatMap((name) => fields.find((f) => f.name === name && present(item, f)) ?? []).filter((f) => f.name !== 'reliability' && f.name !== 'credibility');
  const grade = gradeOf(item.properties, words);
  const approximate = approximation(item);
  const says = (name: string) => known.some((f) => f.name === name);
  return (
    <>
      {known.map((f) => <Fact key={f.name} field={f} item={item} words={words} />)}
      {grade && <div><dt>{words.say('card.grade')}</dt><dd><b className="grade" dir="ltr">{grade.letters}</b> {grade.words}</dd></div>}
      {approximate && <div><dt>{words.field({ name: 'approximate', title: '' })}</dt><dd>{approximate}</dd></div>}
      {!says('source') && <div><dt>{words.field({ name: 'source', title: '' })}</dt><dd className="quiet-text">{words.say('card.notStated')}</dd></div>}
      {!grade && !says('confidence') && !says('place_precision') && !says('verified') && (
        <div><dt>{words.say('card.precision')}</dt><dd className="quiet-text">{words.say('card.notStated')}</dd></div>
      )}
    </>
  );
}
