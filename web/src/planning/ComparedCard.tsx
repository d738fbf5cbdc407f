// A shape of a layer that was clicked on one of the two maps: what it tells in the base line, and in the scenario.
import { useWords } from '../i18n/words.ts';
import { anchorOf } from '../map/shapes.ts';
import { formatCoord } from '../geo/coords.ts';
import { valueText } from '../panels/ResultView.tsx';
import type { Drawn, Told } from '../panels/resultShapes.ts';
import type { ComparedLayer } from '../state/scenario.ts';
import { usePrefs } from '../state/prefs.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { classIdOf } from './compared.ts';
import { idOf } from './madeOf.ts';
import { openClass } from './openNumber.ts';

interface Props {
  told: Told;
  layer: ComparedLayer;
  sides: [Drawn[], Drawn[]];
  close(): void;
}

/** Names of shapes, which say nothing to people. */
const unlisted = new Set(['cell', 'key', 'collection']);

export function ComparedCard({ told: { part, properties }, layer, sides, close }: Props) {
  const words = useWords();
  const { say } = words;
  const format = usePrefs((p) => p.coords);
  const id = idOf(part.id, properties);
  const features = sides.map((side) => side.find((d) => d.part.id === part.id)?.part.features.find((f) => idOf(part.id, f.properties ?? {}) === id));
  const geometry = features.find((f) => f)?.geometry;
  const at = geometry && formatCoord(...anchorOf(geometry), format);
  const title = typeof properties.name === 'string' && properties.name ? properties.name : properties.cell ? (at ?? '') : say(`plan.layer.${layer}`);
  const text = (i: number, name: string) => {
    const field = part.fields.find((f) => f.name === name);
    const feature = features[i];
    if (!feature) return say('plan.unknown');
    return (field && valueText(words, field, feature.properties?.[name])) || say('plan.none');
  };
  const facts = part.fields.filter((f) => !unlisted.has(f.name) && features.some((g) => g && g.properties?.[f.name] !== null && g.properties?.[f.name] !== undefined));
  return (
    <section className="card nearest compared-card" aria-label={title} data-testid="compared-card">
      <header className="card-head">
        <div><h2 dir="auto">{title}</h2><p>{say(`plan.layer.${layer}`)}</p></div>
        <IconButton icon="close" label={say('action.close')} onPress={close} />
      </header>
      <table className="table">
        <thead><tr><th scope="col"><span className="only-read">{say('compare.measure')}</span></th><th scope="col">{say('plan.baseLine')}</th><th scope="col">{say('plan.scenario')}</th></tr></thead>
        <tbody>
          {facts.map((f) => {
            const [before, after] = [text(0, f.name), text(1, f.name)];
            return <tr key={f.name} data-field={f.name} data-differs={before !== after || undefined}><th scope="row">{words.field(f)}</th><td><bdi>{before}</bdi></td><td><bdi>{after}</bdi></td></tr>;
          })}
        </tbody>
      </table>
      {features.some((f) => !f) && <p className="note">{say('plan.oneSide')}</p>}
      <footer className="card-actions"><Button onPress={() => openClass(classIdOf(layer, part.id, properties), id)}>{say('plan.rowsBehind')}</Button></footer>
    </section>
  );
}
