// Records that are drawn as one, because they lie too close together for this zoom: listed, each a way to its card.
import { usePageOf } from '../api/queries.ts';
import { useLayer, type Layer } from '../app/world.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { symbolOf } from '../map/layers/index.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { allOf, conditionText } from '../state/filters.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SymbolMark } from '../ui/SymbolMark.tsx';

type Group = NonNullable<ReturnType<typeof useUi.getState>['group']>;
const most = 50;

export function GroupCard({ group }: { group: Group }) {
  const words = useWords();
  const layer = useLayer(group.collection);
  const set = useUi((u) => u.set);
  const format = usePrefs((p) => p.coords);
  if (!layer) return null;
  const title = words.say('group.title', { n: words.count(group.count), name: words.collection(layer.collection).toLocaleLowerCase(words.language) });
  return (
    <section className="card nearest" aria-label={title} data-testid="group">
      <header className="card-head">
        <div>
          <h2>{title}</h2>
          <p><bdi dir="ltr">{formatCoord(...group.at, format)}</bdi></p>
        </div>
        <IconButton icon="close" label={words.say('action.close')} onPress={() => set({ group: undefined })} />
      </header>
      <Members group={group} layer={layer} />
    </section>
  );
}

/** The same question as the tile's, within the cell, and of those that were merged with this mark. */
function queryOf({ box, properties }: Group, { tileQuery, kind, counts }: Layer) {
  const shared = kind.tiled(counts.data?.matched ?? 0).flatMap((p) => p.groupby).filter((field) => typeof properties[field] === 'string');
  const filter = allOf([tileQuery?.filter ?? '', ...shared.map((field) => conditionText(field, undefined, { values: [textOf(properties[field])] }))]);
  return { ...tileQuery, ...(filter && { filter }), bbox: box.map((v) => v.toFixed(7)).join(',') };
}

function Members({ group, layer }: { group: Group; layer: Layer }) {
  const words = useWords();
  const select = useView((v) => v.select);
  const set = useUi((u) => u.set);
  const asked = usePageOf(layer.collection.id, queryOf(group, layer), most);
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message} <Button look="link" onPress={() => void asked.refetch()}>{words.say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={words.say('state.loading')}><i /><i /><i /></div>;
  const time = layer.fields.find((f) => f.role === 'primary-instant');
  const open = (key: number) => {
    set({ group: undefined });
    select({ collection: layer.collection.id, key });
  };
  return (
    <>
      <ol className="nearest-list">
        {asked.data.items.map((item) => {
          const symbol = symbolOf(layer.collection, item.properties);
          const classed = textOf(item.properties[layer.kind.classField ?? '']);
          return (
            <li key={item.key}>
              <button type="button" onClick={() => open(item.key)}>
                <SymbolMark mark={symbol ? { symbol } : layer.kind.mark} />
                <span>
                  <b>{nameOf(item.properties) || (classed && words.code(layer.kind.classField ?? '', classed)) || `#${item.key}`}</b>
                  {time && <small>{words.value(time, item.properties[time.name])}</small>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {asked.data.matched > asked.data.items.length && <p className="note">{words.say('count.of', { n: words.count(asked.data.items.length), all: words.count(asked.data.matched) })}</p>}
    </>
  );
}
