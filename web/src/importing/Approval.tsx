// What it would do in one sentence, and the approval: a deletion has to be meant.
import { useState } from 'react';
import { Checkbox, Input, Label, TextField } from 'react-aria-components';
import { ApiError } from '../api/client.ts';
import { approveImport, restageImport, type Import } from '../api/imports.ts';
import { queries } from '../api/cache.ts';
import { made } from '../edit/acts.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { messageOf } from './message.ts';
import { refreshImports, told } from './queries.ts';
import { countsText } from './text.ts';

export function Approval({ i }: { i: Import }) {
  const words = useWords();
  const { say, count } = words;
  const [reason, setReason] = useState('');
  const [meant, setMeant] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; stale: boolean }>();
  const { counts, found } = i;
  if (!counts || !found) return null;
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (e) {
      setProblem({ text: messageOf(e, words), stale: e instanceof ApiError && e.status === 409 });
    } finally {
      setBusy(false);
    }
  };
  const approve = () =>
    run(async () => {
      const { version } = await approveImport(i.id, reason);
      if (version) {
        made(version, [found.collection], { label: say('imports.taken', { name: i.name }), undone: say('imports.takenBack', { name: i.name }), kept: say('edit.notSent') });
        if (found.new) void queries.invalidateQueries({ queryKey: ['collections'] });
      }
      void refreshImports();
    });
  const again = () => run(async () => told(await restageImport(i.id, {})));
  const nothing = counts.added + counts.changed + counts.deleted === 0;
  return (
    <form className="import-approval" onSubmit={(e) => { e.preventDefault(); void approve(); }}>
      <p className="import-sum" role="status"><b>{countsText(counts, words)}</b> {say('imports.beside', { same: count(counts.same), refused: count(counts.refused) })}</p>
      {counts.deleted > 0 && <Checkbox className="check" isSelected={meant} onChange={setMeant}><i />{say('imports.deletes', { n: counts.deleted, name: words.collection({ id: found.collection, title: '' }) })}</Checkbox>}
      {!nothing && <TextField className="field" value={reason} onChange={setReason}><Label>{say('edit.why')}</Label><Input className="input" dir="auto" placeholder={say('edit.whyHint')} /></TextField>}
      {problem && <p className="state bad" role="alert">{problem.text} {problem.stale && <Button look="link" onPress={() => void again()}>{say('imports.lookAgain')}</Button>}</p>}
      <Button look="primary" type="submit" isPending={busy} isDisabled={counts.deleted > 0 && !meant}>{say(nothing ? 'imports.approveNothing' : 'imports.approve')}</Button>
    </form>
  );
}
