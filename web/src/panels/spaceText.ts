// The filter by place in words, by the name of the record that it is about where there is one.
import { useQuery } from '@tanstack/react-query';
import { askItem } from '../api/ask.ts';
import { areaOf } from '../geo/area.ts';
import { formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { straightened } from '../map/draw.ts';
import { nameOf } from '../map/layers/layer.ts';
import { usePrefs } from '../state/prefs.ts';
import { useView } from '../state/view.ts';

/** "Inside the drawn area, 12,345 km²", "Within 25 km of Gao"; undefined without such a filter. */
export function useSpaceText(): string | undefined {
  const { say, area, length } = useWords();
  const space = useView((v) => v.space);
  const format = usePrefs((p) => p.coords);
  const of = space && 'near' in space ? space.of : undefined;
  const named = useQuery({ queryKey: ['item', of?.collection, of?.key], enabled: of !== undefined, queryFn: ({ signal }) => askItem(of?.collection ?? '', of?.key ?? 0, signal) });
  if (!space) return undefined;
  if ('ring' in space) return say('space.inside', { area: area(areaOf(straightened(space.ring))) });
  const name = (of && named.data && nameOf(named.data.properties)) || formatCoord(...space.near, format);
  return say('space.within', { km: length(space.metres), name });
}
