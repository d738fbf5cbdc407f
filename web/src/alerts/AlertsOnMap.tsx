// A mark for each alert of the list, which chooses it; the area of the chosen one beneath.
import { useEffect, useMemo } from 'react';
import type { Alert } from '../api/alerts.ts';
import { useWords } from '../i18n/words.ts';
import type { MapController } from '../map/controller.ts';
import { useMoving } from '../map/MapFurniture.tsx';
import { anchorOf } from '../map/shapes.ts';
import { usePrefs } from '../state/prefs.ts';
import { useTools } from '../state/tools.ts';
import { AlertMark, isSeen } from './AlertMark.tsx';
import { useAlertList } from './queries.ts';
import { areaFeatures } from './shape.ts';
import { useAlerts } from './store.ts';

/** More marks than this hide each other: the list has all. */
const most = 200;

export function AlertsOnMap({ map }: { map: MapController }) {
  const asked = useAlertList();
  const chosen = useAlerts((a) => a.chosen);
  const part = useAlerts((a) => a.part);
  const open = asked.isEnabled && part === 'list';
  const list = useMemo(() => (open ? (asked.data?.pages.flatMap((p) => p.list) ?? []) : []), [open, asked.data]);
  const area = useMemo(() => areaFeatures(list.find((a) => a.id === chosen)), [list, chosen]);
  const theme = usePrefs((p) => p.theme);
  useEffect(() => map.setDrawing('alert', area), [map, area, theme]);
  const drawing = useTools((t) => t.tool !== undefined);
  return list.length && !drawing ? <Marks map={map} list={list.slice(0, most)} /> : null;
}

function Marks({ map, list }: { map: MapController; list: Alert[] }) {
  useMoving(map);
  const words = useWords();
  const { chosen, set } = useAlerts();
  const { west, south, east, north } = map.view();
  const placed = list.flatMap((a) => (a.geometry ? [{ alert: a, at: anchorOf(a.geometry) }] : []));
  const seen = placed.filter(({ at: [lon, lat] }) => lon >= west && lon <= east && lat >= south && lat <= north);
  // The newest lies above.
  return [...seen].reverse().map(({ alert, at: [lon, lat] }) => {
    const { x, y } = map.project({ lon, lat });
    return (
      <button
        key={alert.id} type="button" className="alert-mark" data-mark={alert.id} aria-pressed={alert.id === chosen} style={{ left: x, top: y }}
        aria-label={words.say('alerts.mark', { severity: words.code('severity', alert.severity), text: alert.headline })} onClick={() => set({ chosen: alert.id === chosen ? undefined : alert.id })}
      ><AlertMark severity={alert.severity} seen={isSeen(alert)} /></button>
    );
  });
}
