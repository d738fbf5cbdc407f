// The area that gaps are looked for in: drawn as a rectangle or a polygon, by clicks or by typed corners, or a record's own area.
import { useEvery } from '../api/queries.ts';
import type { Layer } from '../app/world.ts';
import { areaOf } from '../geo/area.ts';
import { useWords } from '../i18n/words.ts';
import { clickOf, finishPolygon } from '../map/gestures.ts';
import { straightened } from '../map/draw.ts';
import { nameOf, textOf } from '../map/layers/layer.ts';
import { useTools } from '../state/tools.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { CoordField } from './CoordField.tsx';

const far = () => Infinity;

export function AreaSection({ layers, problem }: { layers: Layer[]; problem?: string }) {
  const { say } = useWords();
  const { within } = useView((v) => v.drawn);
  const draw = useView((v) => v.draw);
  const { tool, draft, hold } = useTools();
  const drawing = tool === 'box' || tool === 'polygon' ? tool : undefined;
  const take = (next: 'box' | 'polygon') => hold(drawing === next ? undefined : next);
  return (
    <section className="drawn" aria-label={say('area.title')}>
      <div className="section-head">
        <span className="label">{say('area.title')}</span>
        <span className="tool-row">
          <Button icon="box" aria-pressed={drawing === 'box'} onPress={() => take('box')}>{say('area.box')}</Button>
          <Button icon="polygon" aria-pressed={drawing === 'polygon'} onPress={() => take('polygon')}>{say('area.polygon')}</Button>
        </span>
      </div>
      {drawing && (
        <>
          <p className="note">{say(drawing === 'box' ? 'area.boxHint' : 'area.polygonHint', { n: draft.length })}</p>
          <CoordField label={say('area.type')} onPlace={(at) => clickOf(drawing, at, far)} />
          {drawing === 'polygon' && <Button isDisabled={draft.length < 3} onPress={finishPolygon}>{say('measure.close')}</Button>}
        </>
      )}
      <Areas layers={layers} />
      {within && <Chosen remove={() => draw({ within: undefined })} />}
      {problem && <p className="state bad" role="alert">{problem}</p>}
    </section>
  );
}

function Chosen({ remove }: { remove(): void }) {
  const { say, area } = useWords();
  const { within } = useView((v) => v.drawn);
  if (!within) return null;
  const name = 'ring' in within ? say('area.drawn', { area: area(areaOf(straightened(within.ring))) }) : say('area.record');
  return (
    <p className="drawn-area" data-square-metres={'ring' in within ? areaOf(straightened(within.ring)) : undefined}>
      <span>{name}</span>
      <IconButton icon="bin" label={say('area.remove')} onPress={remove} />
    </p>
  );
}

/** Records that have an area: missions' and sectors' ground, where the server has it. */
function Areas({ layers }: { layers: Layer[] }) {
  const { say, code } = useWords();
  const { within } = useView((v) => v.drawn);
  const draw = useView((v) => v.draw);
  const mission = useView((v) => v.mission);
  const layer = layers.find((l) => l.collection.id === 'areas' && l.collection.geometryType === 'polygon');
  const every = useEvery('areas', layer !== undefined);
  const items = (every.data?.items ?? []).filter((i) => i.geometry && (!mission || !textOf(i.properties.mission) || textOf(i.properties.mission) === mission));
  if (!items.length) return null;
  const chosen = within && 'key' in within && within.collection === 'areas' ? String(within.key) : undefined;
  const label = (i: (typeof items)[number]) => [nameOf(i.properties) || `#${i.key}`, code('kind', textOf(i.properties.kind))].filter(Boolean).join(' · ');
  return (
    <Choice label={say('area.choose')} placeholder={say('filters.choose')} value={chosen} options={items.map((i) => ({ id: String(i.key), label: label(i) }))} onChange={(id) => draw({ within: { collection: 'areas', key: Number(id) } })} />
  );
}
