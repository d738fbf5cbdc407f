// The form of one record, made from its collection's schema: every field, its place, and why it is changed.
import { Input, Label, TextField } from 'react-aria-components';
import { useSchema } from '../api/queries.ts';
import { upTo } from '../api/marking.ts';
import { seesAll, useSession } from '../api/session.ts';
import type { Field } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { asNew, saveDraft } from './acts.ts';
import { isChanged, mineOf, nameOfDraft, withField, withShape, type Draft } from './draft.ts';
import { widgetOf } from './fields.tsx';
import { ShapeField } from './ShapeField.tsx';
import { closeDraft, touchDraft, useEdit } from './store.ts';
import { titleOf, useTold } from './words.ts';

/** Fields as this reader may fill them: classes up to his ceiling, missions that are his, senders' ids only where he sees all. */
function useFormFields(collection: string): Field[] | undefined {
  const { data } = useSchema(collection);
  const { data: session } = useSession();
  const { missions } = useWorld();
  return data?.filter((f) => widgetOf(f) && (f.use !== 'source-id' || seesAll(session))).map((f) => {
    if (f.use === 'classification') return { ...f, codes: f.codes.filter((c) => upTo(session?.ceiling ?? '').some((m) => m === c)) };
    if (f.use === 'mission') return { ...f, codes: missions.map((m) => m.code).filter((c) => session?.missions === undefined || session.missions.includes(c)) };
    return f;
  });
}

export function RecordEditor({ draft, layer }: { draft: Draft; layer: Layer }) {
  const words = useWords();
  const { say } = words;
  const told = useTold();
  const fields = useFormFields(draft.collection);
  const { problem, saving, shape } = useEdit();
  const mine = mineOf(draft);
  const named = problem?.field !== undefined && (problem.field === 'geometry' || fields?.some((f) => f.name === problem.field));
  const save = () => void saveDraft(told(draft.key === undefined ? 'added' : 'saved', draft));
  if (!fields) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  const wrong = (name: string) => (problem?.field === name ? problem.message : undefined);
  return (
    <form className="record-form" aria-label={titleOf(draft, words)} data-testid="record-form" noValidate onSubmit={(e) => { e.preventDefault(); save(); }}>
      <h3>{titleOf(draft, words)} {nameOfDraft(draft) && <small>{words.collection(layer.collection)}{draft.key !== undefined && ` · ${say('edit.number', { key: draft.key })}`}</small>}</h3>
      {layer.collection.geometryType !== 'none' && (
        <ShapeField kind={layer.collection.geometryType} geometry={shape ?? mine.geometry} problem={wrong('geometry')} onChange={(g) => touchDraft(withShape(draft, g))} />
      )}
      {fields.map((f) => {
        const Widget = widgetOf(f);
        return Widget && <Widget key={f.name} field={f} value={mine.properties[f.name]} problem={wrong(f.name)} onChange={(v) => touchDraft(withField(draft, f.name, v))} />;
      })}
      <TextField className="field" value={draft.reason} onChange={(reason) => touchDraft({ ...draft, reason })}>
        <Label>{say('edit.why')}</Label>
        <Input className="input" dir="auto" placeholder={say('edit.whyHint')} />
      </TextField>
      <footer className="form-foot">
        {problem && !named && <p className="state bad" role="alert"><Icon name="warning" /> {problem.field ? `${problem.field}: ` : ''}{problem.message}</p>}
        {problem?.gone && <Button onPress={() => asNew(draft)}>{say('edit.asNew')}</Button>}
        <div className="tool-row">
          <Button look="primary" type="submit" isPending={saving} isDisabled={!isChanged(draft)}>{say('edit.save')}</Button>
          <Button isDisabled={!isChanged(draft) && draft.key !== undefined} onPress={() => closeDraft(draft)}>{say(draft.key === undefined ? 'action.cancel' : 'edit.discard')}</Button>
          {draft.key !== undefined && <Button icon="bin" onPress={() => useEdit.getState().set({ removal: { collection: draft.collection, key: draft.key ?? 0, title: titleOf(draft, words) } })}>{say('edit.remove')}</Button>}
        </div>
      </footer>
    </form>
  );
}
