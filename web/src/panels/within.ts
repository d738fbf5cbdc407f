// The area that gaps are looked for in, as a polygon: drawn here, or the shape of a record.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { askItem } from '../api/ask.ts';
import { areaShape } from '../geo/ring.ts';
import type { Within } from '../state/drawn.ts';
import type { FootprintQuestion } from './footprint.ts';

type Area = FootprintQuestion['within'];

export function useWithin(chosen: Within | undefined): { within: Area; problem?: string } {
  const record = chosen && 'key' in chosen ? chosen : undefined;
  const asked = useQuery({ queryKey: ['item', record?.collection, record?.key], enabled: record !== undefined, queryFn: ({ signal }) => askItem(record?.collection ?? '', record?.key ?? 0, signal) });
  const ring = chosen && 'ring' in chosen ? chosen.ring : undefined;
  const drawn = useMemo(() => ring && areaShape(ring), [ring]);
  if (!record) return { within: drawn };
  const shape = asked.data?.geometry;
  const within = shape?.type === 'Polygon' || shape?.type === 'MultiPolygon' ? shape : undefined;
  return { within, problem: asked.error?.message };
}
