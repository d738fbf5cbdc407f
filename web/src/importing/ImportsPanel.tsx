// Files come in: dropped, looked through, compared with what stands, and taken by an approval that can be undone.
import { FileTrigger } from 'react-aria-components';
import { useMayEdit } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { ImportView } from './ImportView.tsx';
import { messageOf } from './message.ts';
import { stateText } from './text.ts';
import { useImportList, useTakes } from './queries.ts';
import { useImports } from './store.ts';
import { takeFiles } from './take.ts';

export function ImportsPanel() {
  const { say } = useWords();
  const takes = useTakes();
  const may = useMayEdit();
  const chosen = useImports((s) => s.chosen);
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('imports.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => useUi.getState().set({ panel: 'layers' })} />
      </div>
      {!takes ? <p className="note">{say('imports.noStore')}</p> : !may ? <p className="note">{say('imports.mayNot')}</p> : chosen ? <ImportView id={chosen} /> : <Begin />}
    </>
  );
}

function Begin() {
  const words = useWords();
  const { say } = words;
  return (
    <>
      <div className="import-drop">
        <p>{say('imports.drop')}</p>
        <FileTrigger allowsMultiple onSelect={(files) => files && void takeFiles([...files], words)}>
          <Button look="primary" icon="upload">{say('imports.choose')}</Button>
        </FileTrigger>
        <p className="note">{say('imports.formats')}</p>
      </div>
      <List />
    </>
  );
}

/** Those that stand open, also after a reload and a restart. */
function List() {
  const words = useWords();
  const { say } = words;
  const asked = useImportList();
  const set = useImports((s) => s.set);
  if (asked.error) return <p className="state bad" role="alert">{messageOf(asked.error, words)} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  if (!asked.data.length) return null;
  return (
    <section aria-label={say('imports.standing')}>
      <h3 className="import-part">{say('imports.standing')}</h3>
      <ul className="import-list" data-testid="imports">
        {asked.data.map((i) => (
          <li key={i.id}>
            <button type="button" onClick={() => set({ chosen: i.id, kind: undefined, row: undefined })}>
              <b dir="auto">{i.name}</b>
              <small>{stateText(i, words)} · {words.moment(Date.parse(i.updated))}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
