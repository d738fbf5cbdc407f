// Versions of a record's shape on the map at once: as it would be, as somebody else has made it, as it once was.
import { useMemo } from 'react';
import type { Feature, Geometry } from 'geojson';
import { useEdit } from '../edit/store.ts';
import { useUi } from '../state/ui.ts';
import type { VersionPart } from './toolLayers.ts';

const feature = (part: VersionPart, geometry: Geometry | null | undefined): Feature[] => (geometry ? [{ type: 'Feature', properties: { part }, geometry }] : []);

/** @param editing the shape in hand, where there is one */
export function useShownVersions(editing: Geometry | undefined): Feature[] {
  const decision = useEdit((e) => e.decision);
  const former = useUi((u) => u.former);
  return useMemo(() => {
    const conflict = decision?.conflicts[decision.decided.length];
    return [...feature('past', former), ...feature('theirs', conflict?.sides.theirs?.geometry), ...feature('mine', conflict ? conflict.sides.mine?.geometry : editing)];
  }, [decision, former, editing]);
}
