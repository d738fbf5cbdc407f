// Whether the data of an answer has changed since: by the commits that touched what it was asked of, taken in on the page or not.
import { useQuery } from '@tanstack/react-query';
import { askChanges, type Commit } from '../api/changes.ts';
import type { Outcome } from '../api/execution.ts';
import { useSession } from '../api/session.ts';
import type { Process } from '../api/shapes.ts';
import { useLive } from '../live/store.ts';

/** The collection that an answer is of; undefined: it may be of any. */
const collectionAsked = ({ inputs }: Process, { envelope }: Outcome): string | undefined => {
  const name = Object.keys(inputs).find((n) => inputs[n]?.schema['x-role'] === 'collection');
  const asked = name && envelope?.parameters[name];
  return typeof asked === 'string' ? asked : undefined;
};

/** The last version that changed records of a collection, or of any. */
export const lastTouched = (commits: Commit[], collection: string | undefined): number =>
  Math.max(0, ...commits.filter((c) => c.touched.some((t) => t.collection !== undefined && (collection === undefined || t.collection === collection))).map((c) => c.version));

/** The version that the data is at now, where that is not the answer's any more. */
export function useNewer(process: Process, outcomes: Outcome[]): number | undefined {
  // What cannot be changed has no history.
  const editable = useSession().data?.editable === true;
  const { data } = useQuery({ queryKey: ['changes', 'latest'], queryFn: ({ signal }) => askChanges(undefined, signal), enabled: editable });
  const waiting = useLive((l) => l.waiting);
  const behind = outcomes.map((o) => [Number(o.envelope?.version), lastTouched([...(data ?? []), ...waiting], collectionAsked(process, o))] as const).filter(([of, now]) => of < now);
  return behind.length ? Math.max(...behind.map(([, now]) => now)) : undefined;
}
