// The box of the map's view as a parameter: west, south, east, north; six digits after the point are a tenth of a metre.
import { useMap } from '../map/MapView.tsx';
import { useView } from '../state/view.ts';

export function useViewBox(wanted: boolean): string | undefined {
  const map = useMap((m) => m.map);
  useView((v) => v.position);
  if (!wanted || !map) return undefined;
  const { west, south, east, north } = map.view();
  const whole = east - west >= 360;
  const turn = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
  return [whole ? -180 : turn(west), Math.max(-90, south), whole ? 180 : turn(east), Math.min(90, north)].map((v) => +v.toFixed(6)).join(',');
}
