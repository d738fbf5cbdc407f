// One incident: a sentence for what and where, the people hurt, and how well place, time and source are known.
import { useNearest } from '../api/queries.ts';
import { useSchema } from '../api/queries.ts';
import type { Item } from '../api/shapes.ts';
import { useLayer } from '../app/world.ts';
import { inverse } from '../geo/geodesic.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { nameOf } from '../map/layers/layer.ts';
import { anchorOf } from '../map/shapes.ts';
import { usePrefs } from '../state/prefs.ts';
import { Actions, CardFrame, type CardProps } from './CardFrame.tsx';
import { gradeOf, isSynthetic, precisionOf, whatOf, whereOf } from './incident.ts';

export function IncidentCard(props: CardProps) {
  const words = useWords();
  const { layer, item } = props;
  const fields = useSchema(layer.collection.id).data ?? layer.fields;
  const title = item ? whatOf(item.properties, words) : words.collection(layer.collection);
  const time = fields.find((f) => f.name === 'time');
  const where = useWhere(item);
  const day = item && time && words.value({ ...time, format: 'date' }, item.properties.time);
  return (
    <CardFrame {...props} title={title} where={[where, day].filter(Boolean).join(' · ')}>
      {item && <Hurt item={item} />}
      {item && <Told item={item} />}
      {item && <Actions item={item} layer={layer} title={title} help={words.say('card.help')} />}
    </CardFrame>
  );
}

/** Seen from the nearest place that has a name, by the server's measure; until it answers, the coordinates. */
function useWhere(item: Item | undefined): string {
  const words = useWords();
  const format = usePrefs((p) => p.coords);
  const places = useLayer('places');
  const at = item?.geometry ? anchorOf(item.geometry) : undefined;
  const asked = useNearest('places', places && at ? { lon: at[0], lat: at[1] } : undefined, {});
  if (!item || !at) return words.say('card.noPlace');
  const place = asked.data?.items.find((i) => i.geometry && nameOf(i.properties));
  if (!place?.geometry) return formatCoord(...at, format);
  const metres = Number(place.properties.distance_m);
  return whereOf(item.properties, { name: nameOf(place.properties), metres, bearing: inverse(anchorOf(place.geometry), at).bearing }, words);
}

function Hurt({ item }: { item: Item }) {
  const words = useWords();
  const figures = ['killed', 'injured'].map((name) => ({ name, n: item.properties[name] }));
  return (
    <dl className="figures">
      {figures.map(({ name, n }) => (
        <div key={name}><dt>{words.field({ name, title: '' })}</dt><dd data-figure={name}>{typeof n === 'number' ? words.count(n) : words.say('card.notStated')}</dd></div>
      ))}
    </dl>
  );
}

function Told({ item }: { item: Item }) {
  const words = useWords();
  const { say } = words;
  const { properties } = item;
  const grade = gradeOf(properties, words);
  const coded = (['target', 'device'] as const).flatMap((name) => (typeof properties[name] === 'string' ? [{ name, text: words.code(name, properties[name]) }] : []));
  const missing = <span className="quiet-text">{say('card.notStated')}</span>;
  return (
    <>
      <dl className="facts">
        {coded.map(({ name, text }) => <div key={name}><dt>{words.field({ name, title: '' })}</dt><dd>{text}</dd></div>)}
        <div><dt>{say('card.precision')}</dt><dd>{precisionOf(properties, words) || missing}</dd></div>
        <div><dt>{say('card.grade')}</dt><dd>{grade ? <><b className="grade" dir="ltr">{grade.letters}</b> {grade.words}</> : missing}</dd></div>
      </dl>
      {isSynthetic(properties) && <p className="note synthetic">{say('card.synthetic')}</p>}
    </>
  );
}
