// The panel of the edit mode: drafts left over, where a new record goes, and the form of the record that is open.
import { useEffect, useState } from 'react';
import { useWorld, type Layer } from '../app/world.ts';
import { shapeOf, type Drawable } from '../geo/vertices.ts';
import { useWords } from '../i18n/words.ts';
import { fewest, finishShape, takeBack } from '../map/gestures.ts';
import { useMap } from '../map/MapView.tsx';
import { isNewShape, useTools, type NewShape } from '../state/tools.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import type { IconName } from '../ui/Icon.tsx';
import { newDraft } from './draft.ts';
import { DraftOffers } from './DraftOffers.tsx';
import { RecordEditor } from './RecordEditor.tsx';
import { openDraft, touchDraft, useEdit } from './store.ts';
import { useTarget } from './target.ts';

export function EditPanel() {
  const { say } = useWords();
  const { layers } = useWorld();
  const set = useUi((u) => u.set);
  const { draft, loading, error, retry } = useTarget();
  const layer = layers.find((l) => l.collection.id === draft?.collection);
  useOneAtATime();
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('edit.title')}</h2>
        <IconButton icon="close" label={say('edit.end')} onPress={() => set({ panel: 'layers' })} />
      </div>
      <DraftOffers />
      <Adding layers={layers} />
      {error && <p className="state bad" role="alert">{error.message || say('state.unreachable')} <Button look="link" onPress={retry}>{say('state.tryAgain')}</Button></p>}
      {loading && !error && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      {draft && layer ? <RecordEditor key={`${draft.collection}/${draft.key ?? draft.made}`} draft={draft} layer={layer} /> : !loading && <p className="note">{say('edit.hint')}</p>}
    </>
  );
}

/** Another record was chosen: what was typed for the one before is put aside and offered. */
function useOneAtATime() {
  const selected = useView((v) => v.selected);
  useEffect(() => {
    const { draft } = useEdit.getState();
    const [now, open] = [selected && `${selected.collection}/${selected.key}`, draft?.key === undefined ? undefined : `${draft.collection}/${draft.key}`];
    if (draft && now !== open) openDraft(undefined);
  }, [selected]);
  useEffect(() => () => {
    openDraft(undefined);
    const { tool, hold } = useTools.getState();
    if (isNewShape(tool)) hold(undefined);
  }, []);
}

const shapes: Record<NewShape, { kind: Drawable; icon: IconName }> = { point: { kind: 'point', icon: 'pin' }, line: { kind: 'line', icon: 'line' }, ring: { kind: 'polygon', icon: 'polygon' } };

const shapesOf = ({ collection: { geometryType } }: Layer): NewShape[] =>
  (Object.keys(shapes) as NewShape[]).filter((s) => geometryType === 'any' || shapes[s].kind === geometryType);

function Adding({ layers }: { layers: Layer[] }) {
  const words = useWords();
  const { say } = words;
  const map = useMap((m) => m.map);
  const { tool, draft, hold } = useTools();
  const { mission } = useWorld();
  const [chosen, setChosen] = useState<string>();
  const selected = useView((v) => v.selected?.collection);
  const layer = layers.find((l) => l.collection.id === (chosen ?? selected)) ?? layers[0];
  if (!layer) return null;
  const { id } = layer.collection;
  const drawing = isNewShape(tool) ? tool : undefined;
  const begin = (geometry?: ReturnType<typeof shapeOf>) => {
    useView.getState().select(undefined);
    openDraft(undefined);
    const own = mission && layer.fields.some((f) => f.name === 'mission') ? { mission } : {};
    const draft = newDraft(id, { ...(geometry && { geometry }), base: { geometry: null, properties: own } });
    useEdit.getState().set({ draft });
    if (geometry) touchDraft(draft);
  };
  const take = (shape: NewShape) => {
    useUi.getState().set({ place: undefined, group: undefined, sheet: 'half' });
    hold(drawing === shape ? undefined : shape, (places) => begin(shapeOf(shapes[shape].kind, places)));
  };
  return (
    <section className="drawn adding" aria-label={say('edit.add')}>
      <Choice label={say('edit.addTo')} value={id} options={layers.map((l) => ({ id: l.collection.id, label: words.collection(l.collection) }))} onChange={setChosen} />
      <div className="tool-row">
        {map && shapesOf(layer).map((s) => <Button key={s} icon={shapes[s].icon} aria-pressed={drawing === s} onPress={() => take(s)}>{say(`edit.draw.${s}`)}</Button>)}
        <Button icon="plus" onPress={() => begin()}>{say('edit.addForm')}</Button>
      </div>
      {drawing && <p className="note">{say(drawing === 'point' ? 'edit.pointHint' : 'edit.drawHint', { n: draft.length })}</p>}
      {drawing && drawing !== 'point' && (
        <div className="tool-row">
          <Button isDisabled={draft.length < fewest[drawing]} onPress={finishShape}>{say('draw.done')}</Button>
          <Button isDisabled={!draft.length} onPress={takeBack}>{say('measure.back')}</Button>
        </div>
      )}
    </section>
  );
}
