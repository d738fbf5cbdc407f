// The latest changes of the whole store, newest first, each with its records; and the way to the page as it stood at a time.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askChange, askChanges, changesPage, type ChangedRecord, type Commit, type Touch } from '../api/changes.ts';
import { useMayEdit } from '../app/openPanel.ts';
import { useWorld } from '../app/world.ts';
import { askUndo } from '../edit/acts.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { nameOf } from '../map/layers/layer.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { AsOf } from './AsOf.tsx';
import { Differences } from './Differences.tsx';
import { FormerShape, Head } from './HistoryList.tsx';

export function ChangesPanel() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  useEffect(() => () => useUi.getState().set({ former: undefined }), []);
  return (
    <>
      <div className="section-head">
        <h2 className="panel-title">{say('changes.title')}</h2>
        <IconButton icon="close" label={say('action.close')} onPress={() => set({ panel: 'layers' })} />
      </div>
      <AsOf />
      <Commits />
    </>
  );
}

function Commits() {
  const { say } = useWords();
  const asked = useInfiniteQuery({
    queryKey: ['changes'],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => askChanges(pageParam || undefined, signal),
    getNextPageParam: (last) => (last.length < changesPage ? undefined : last.at(-1)?.version),
    staleTime: 0,
  });
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')} <Button look="link" onPress={() => void asked.refetch()}>{say('state.tryAgain')}</Button></p>;
  if (!asked.data) return <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>;
  const commits = asked.data.pages.flat();
  if (!commits.length) return <p className="note">{say('history.none')}</p>;
  return (
    <>
      <ol className="history" data-testid="changes">{commits.map((c) => <Entry key={c.version} commit={c} />)}</ol>
      {asked.hasNextPage && <Button isPending={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>{say('table.more')}</Button>}
    </>
  );
}

/** "Bases: 1 added, 2 changed" */
function touchText({ collection, document, added, replaced, removed }: Touch, words: Words): string {
  const name = collection !== undefined ? words.collection({ id: collection, title: '' }) : words.say('changes.document', { kind: document ?? '' });
  const parts = [added && words.say('changes.added', { n: words.count(added) }), replaced && words.say('changes.replaced', { n: words.count(replaced) }), removed && words.say('changes.removed', { n: words.count(removed) })];
  return words.say('filters.is', { name, text: words.parts(parts.map((p) => p || undefined)) });
}

function Entry({ commit }: { commit: Commit }) {
  const words = useWords();
  const { say } = words;
  const [open, setOpen] = useState(false);
  const mayUndo = useMayEdit();
  const goBack = useView((v) => v.goBack);
  const undone = say('told.undoneVersion', { n: words.count(commit.version) });
  const what = commit.touched.map((t) => touchText(t, words)).join('; ');
  return (
    <li data-version={commit.version}>
      <Head entry={commit} op={what} />
      <div className="history-acts">
        <Button look="link" aria-expanded={open} onPress={() => setOpen(!open)}>{say(open ? 'changes.less' : 'changes.more')}</Button>
        <Button look="link" onPress={() => goBack(new Date(Date.parse(commit.at)).toISOString().replace(/\.\d+Z$/, 'Z'))}>{say('asof.this')}</Button>
        {mayUndo && <Button look="link" onPress={() => void askUndo(commit.version, { label: undone, undone, kept: say('edit.notSent') })}>{say('history.undo')}</Button>}
      </div>
      {open && <Records version={commit.version} />}
    </li>
  );
}

/** What one change has changed. */
export function Records({ version }: { version: number }) {
  const { say } = useWords();
  const asked = useQuery({ queryKey: ['change', version], queryFn: ({ signal }) => askChange(version, signal) });
  if (asked.error) return <p className="state bad" role="alert">{asked.error.message || say('state.unreachable')}</p>;
  if (!asked.data) return <p className="state busy" role="status">{say('state.loading')}</p>;
  return (
    <>
      <ul className="changed-records">{asked.data.records.map((r) => <ChangedItem key={`${r.collection}/${r.key}`} record={r} />)}</ul>
      {asked.data.more && <p className="note">{say('changes.firstOnly', { n: asked.data.records.length })}</p>}
    </>
  );
}

function ChangedItem({ record: { collection, key, op, before, after } }: { record: ChangedRecord }) {
  const words = useWords();
  const { layers } = useWorld();
  const select = useView((v) => v.select);
  const known = layers.find((l) => l.collection.id === collection);
  const name = nameOf((after ?? before)?.properties ?? {}) || words.say('card.record', { name: words.collection({ id: collection, title: known?.collection.title ?? '' }), key });
  return (
    <li data-key={key}>
      <p>{after && known ? <Button look="link" onPress={() => select({ collection, key })}>{name}</Button> : <b>{name}</b>} <small>{words.say(`history.${op}`)}</small></p>
      <Differences collection={collection} before={before} after={after} />
      <FormerShape geometry={before?.geometry} />
    </li>
  );
}
