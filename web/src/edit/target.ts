// The record that is open in the editor: a new one, or the selected one as it was read for editing.
import { useQuery } from '@tanstack/react-query';
import { readItem } from '../api/edit.ts';
import { readKey } from './acts.ts';
import { newDraft, type Draft } from './draft.ts';
import { usePanel } from '../app/openPanel.ts';
import { useView } from '../state/view.ts';
import { useEdit } from './store.ts';

/** What edits begin from: the open draft, or an empty one on the record as it was read. Undefined: nothing is open, or not read yet. */
export function useTarget(): { draft?: Draft; loading: boolean; error: Error | null; retry(): void } {
  const editing = usePanel() === 'edit';
  const selected = useView((v) => v.selected);
  const open = useEdit((e) => e.draft);
  const wanted = editing && selected !== undefined;
  const read = useQuery({ queryKey: readKey(selected?.collection ?? '', selected?.key ?? 0), enabled: wanted, queryFn: ({ signal }) => readItem(selected?.collection ?? '', selected?.key ?? 0, signal) });
  const retry = () => void read.refetch();
  if (!editing) return { loading: false, error: null, retry };
  if (!selected) return { draft: open?.key === undefined ? open : undefined, loading: false, error: null, retry };
  if (open?.collection === selected.collection && open.key === selected.key) return { draft: open, loading: false, error: null, retry };
  const { item, etag } = read.data ?? {};
  const fresh = item && newDraft(selected.collection, { key: selected.key, base: item, etag }, 0);
  return { draft: fresh, loading: read.isPending, error: read.error, retry };
}
