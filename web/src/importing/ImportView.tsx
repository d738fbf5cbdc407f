// One import: how far it is, what was found in the file, what it would do, and the approval.
import { useEffect } from 'react';
import { dropImport, goesOn, type Import } from '../api/imports.ts';
import type { Warning } from '../api/warning.ts';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { Approval } from './Approval.tsx';
import { FileFacts } from './FileFacts.tsx';
import { MappingTable } from './MappingTable.tsx';
import { messageOf } from './message.ts';
import { RowList } from './RowList.tsx';
import { forget, refreshImports, useImport } from './queries.ts';
import { useImports } from './store.ts';
import { bytesText, sendingText, workText } from './text.ts';
import { stopSending } from './upload.ts';

export function ImportView({ id }: { id: string }) {
  const words = useWords();
  const { say } = words;
  const asked = useImport(id);
  const leave = () => useImports.getState().set({ chosen: undefined, kind: undefined, row: undefined });
  const drop = async () => {
    stopSending(id);
    // Nothing is asked any more of what is gone.
    leave();
    await forget(id);
    try {
      await dropImport(id);
    } catch (e) {
      useUi.getState().tell(messageOf(e, words));
    }
    void refreshImports();
  };
  const i = asked.data;
  return (
    <div className="import">
      <div className="import-head">
        <Button look="link" onPress={leave}>{say('imports.all')}</Button>
        <Button look="quiet" icon="bin" onPress={() => void drop()}>{say(i?.state === 'approved' ? 'imports.forget' : 'imports.drop.one')}</Button>
      </div>
      {asked.error && <p className="state bad" role="alert">{messageOf(asked.error, words)} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>}
      {!i && !asked.error && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      {i && <><h3 className="import-name"><bdi>{i.name}</bdi> <small dir="auto">{bytesText(i.size, words)}</small></h3><Parts i={i} /></>}
    </div>
  );
}

function Parts({ i }: { i: Import }) {
  const words = useWords();
  const { say } = words;
  if (i.state === 'receiving') return <Sending i={i} />;
  if (goesOn(i)) return <Working i={i} />;
  const found = i.found;
  return (
    <>
      {i.problem && <p className="state bad" role="alert">{i.problem.said ? words.warning(i.problem.said) : i.problem.detail}</p>}
      {i.state === 'approved' && <p className="import-done" role="status">{i.version ? say('imports.done', { version: i.version }) : say('imports.doneNothing')}</p>}
      {i.state === 'staged' && <Approval key={`${i.updated} ${i.against ?? ''}`} i={i} />}
      {i.counts && <RowList i={i} />}
      {i.state !== 'approved' && <><Told i={i} /><FileFacts i={i} />{found && <MappingTable i={i} found={found} />}</>}
    </>
  );
}

/** The file on its way, from here or from where it broke off. */
function Sending({ i }: { i: Import }) {
  const words = useWords();
  const { say } = words;
  const upload = useImports((s) => s.uploads[i.id]);
  const sent = upload?.sent ?? i.received;
  useEffect(() => () => void refreshImports(), []);
  return (
    <div className="import-work">
      <progress max={i.size} value={sent} aria-label={say('imports.state.receiving')} />
      <p role="status">{sendingText(sent, i.size, upload?.rate ?? 0, words)}</p>
      {upload?.broken && <p className="note">{say('imports.broken')}</p>}
      {upload?.error !== undefined && <p className="state bad" role="alert">{messageOf(upload.error, words)}</p>}
      {!upload && <p className="note">{say('imports.sendAgain')}</p>}
      {upload && upload.error === undefined && <Button onPress={() => stopSending(i.id)}>{say('action.stop')}</Button>}
    </div>
  );
}

function Working({ i }: { i: Import }) {
  const words = useWords();
  const { done, total } = i.progress;
  return (
    <div className="import-work">
      <progress max={total || undefined} value={total ? done : undefined} aria-label={words.say(`imports.state.${i.state}`)} />
      <p role="status">{workText(i.progress, words)}</p>
    </div>
  );
}

/** What a person should look at: warnings, records without a place, and what was read. */
function Told({ i }: { i: Import }) {
  const { say, warning } = useWords();
  const r = i.report;
  if (!r) return null;
  const placeless = r.without_place > 0 ? [say('state.placeless', { n: r.without_place })] : [];
  const said = (list: Warning[]) => list.map((w) => ({ text: warning(w), own: w.code !== undefined }));
  const all = [...said(r.warnings_said), ...placeless.map((text) => ({ text, own: true })), ...said(r.notes_said)];
  if (!all.length) return null;
  return <ul className="import-told" aria-label={say('imports.told')}>{all.map(({ text, own }) => <li key={text} dir={own ? undefined : 'auto'}>{text}</li>)}</ul>;
}
