// The card of the selected record and the list of what is nearest: they answer the last click, and Escape closes them.
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { usePanel } from '../app/openPanel.ts';
import { useLayer } from '../app/world.ts';
import { useUi } from '../state/ui.ts';
import { isPlacedWell } from '../state/selection.ts';
import { useView } from '../state/view.ts';
import type { MapController } from '../map/controller.ts';
import { useMoving } from '../map/MapFurniture.tsx';
import { useMap } from '../map/MapView.tsx';
import { placeCard, type Box, type Spot } from '../map/place.ts';
import { useItem } from '../api/queries.ts';
import { anchorOf } from '../map/shapes.ts';
import { DetailsCard } from './DetailsCard.tsx';
import { IncidentCard } from './IncidentCard.tsx';
import { ShiftCard } from '../planning/ShiftCard.tsx';
import { GroupCard } from './GroupCard.tsx';
import { NearestCard } from './NearestCard.tsx';

/** @param floating beside the feature on the map; otherwise in the sheet of the phone */
export function Cards({ floating }: { floating: boolean }) {
  const selected = useView((v) => v.selected);
  const place = useUi((u) => u.place);
  const group = useUi((u) => u.group);
  const shift = useUi((u) => u.shift);
  const layer = useLayer(selected?.collection);
  // In the edit mode the form stands in place of the card.
  const editing = usePanel() === 'edit';
  return (
    <>
      {selected && layer && !editing && <Details key={`${selected.collection}/${selected.key}`} layer={layer} itemKey={selected.key} floating={floating} />}
      {group && <GroupCard group={group} />}
      {shift !== undefined && <ShiftCard itemKey={shift} />}
      {place && <NearestCard place={place} />}
    </>
  );
}

function Details({ layer, itemKey, floating }: { layer: NonNullable<ReturnType<typeof useLayer>>; itemKey: number; floating: boolean }) {
  const asked = useItem(layer.collection.id, itemKey);
  const item = asked.data ?? layer.records.data?.items.find((i) => i.key === itemKey);
  const map = useMap((m) => m.map);
  // A place known only to a district or worse is no spot on the map.
  const geometry = item && isPlacedWell(item.properties) ? (item.geometry ?? undefined) : undefined;
  useEffect(() => {
    map?.setSelected(geometry);
    return () => map?.setSelected(undefined);
  }, [map, geometry]);
  const table = useView((v) => v.table !== undefined);
  const Card = layer.collection.id === 'incidents' ? IncidentCard : DetailsCard;
  const card = <Card layer={layer} itemKey={itemKey} item={item} error={asked.error} brief={floating && table} />;
  if (!floating || !map || !geometry) return <div className="card-slot">{card}</div>;
  return <Floating map={map} at={anchorOf(geometry)}>{card}</Floating>;
}

/** What stands on the map already and stays in view: other cards, the tools, the answer. */
function takenIn(room: HTMLElement): Box[] {
  const { left, top } = room.getBoundingClientRect();
  return [...room.querySelectorAll('.nearest, .tools, .map-answer > *')].map((e) => {
    const box = e.getBoundingClientRect();
    return { left: box.left - left, top: box.top - top, width: box.width, height: box.height };
  });
}

function Floating({ map, at: [lon, lat], children }: { map: MapController; at: [number, number]; children: ReactNode }) {
  useMoving(map);
  const box = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot>();
  const { x, y } = map.project({ lon, lat });
  useLayoutEffect(() => {
    const [card, room] = [box.current, box.current?.parentElement];
    if (!card || !room) return;
    const next = placeCard({ x, y }, { width: card.offsetWidth, height: card.offsetHeight }, { width: room.clientWidth, height: room.clientHeight }, takenIn(room));
    setSpot((old) => (old && old.left === next.left && old.top === next.top ? old : next));
  }, [x, y, children]);
  return <div ref={box} className="card-float" style={spot ?? { visibility: 'hidden' }}>{children}</div>;
}
