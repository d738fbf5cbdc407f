// The questions about imports as hooks: asked again while work goes on.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queries } from '../api/cache.ts';
import { follow } from '../api/client.ts';
import { askDrawn, askImport, askImports, askRows, goesOn, rowPage, type Import, type RowKind, type RowPage } from '../api/imports.ts';
import { useSession } from '../api/session.ts';
import { useMayEdit } from '../app/openPanel.ts';
import { useUi } from '../state/ui.ts';

const [often, seldom] = [700, 10_000];
const rowsAtOnce = 50;

/** Where records can change, files can come in. */
export const useTakes = (): boolean => useSession().data?.editable === true;

const useOpen = () => {
  const may = useMayEdit();
  return useUi((u) => u.panel === 'imports') && may;
};

export const useImportList = () =>
  useQuery({ queryKey: ['imports'], enabled: useOpen(), queryFn: ({ signal }) => askImports(signal), staleTime: 0, refetchInterval: ({ state }) => (state.data?.some(goesOn) ? often : false) });

export const useImport = (id: string | undefined) =>
  useQuery({
    queryKey: ['import', id], enabled: useOpen() && id !== undefined, queryFn: ({ signal }) => askImport(id ?? '', signal), staleTime: 0,
    refetchInterval: ({ state }) => (state.data && (goesOn(state.data) || state.data.state === 'receiving') ? often : seldom),
  });

/** Two readings of a file differ by when they were made. */
const reading = (i: Import) => [i.id, i.updated, i.against];

export function useRows(i: Import, kind: RowKind) {
  return useInfiniteQuery({
    queryKey: ['import-rows', ...reading(i), kind],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }): Promise<RowPage> => (pageParam ? follow(pageParam, rowPage, signal) : askRows(i.id, kind, rowsAtOnce, signal)),
    getNextPageParam: (last) => last.next,
  });
}

/** More than this hides the map, and waits long on a poor line: the list has all. */
export const mostDrawn = 1000;
export const drawnKinds = ['added', 'changed', 'deleted'] as const;

/** What an import would do, as shapes with the kind in each. */
export const useDrawn = (i: Import | undefined) =>
  useQuery({
    queryKey: ['import-drawn', ...(i ? reading(i) : [])],
    enabled: i?.state === 'staged' && i.counts !== undefined,
    queryFn: async ({ signal }) => {
      const wanted = drawnKinds.filter((kind) => (i?.counts?.[kind] ?? 0) > 0);
      const found = await Promise.all(wanted.map(async (kind) => (await askDrawn(i?.id ?? '', kind, mostDrawn, signal)).map((f) => ({ ...f, properties: { kind } }))));
      return found.flat();
    },
  });

/** What was just told of an import stands at once: what was asked before it comes too late. */
export async function told(i: Import): Promise<void> {
  await queries.cancelQueries({ queryKey: ['import', i.id] });
  queries.setQueryData(['import', i.id], i);
  void queries.invalidateQueries({ queryKey: ['imports'] });
}

/** What is in hand of an import is let go. */
export async function forget(id: string): Promise<void> {
  await queries.cancelQueries({ queryKey: ['import', id] });
  queries.removeQueries({ queryKey: ['import', id] });
}

export const refreshImports = () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'imports' || queryKey[0] === 'import' });
