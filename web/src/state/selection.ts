// From the view to the question: one selection for tiles, counts, tables, nearest, legends and charts, so that nothing disagrees.
import type { Field } from '../api/shapes.ts';
import { allOf, conditionText, filterText, type FieldFilter } from './filters.ts';
import { spaceText, type Space } from './space.ts';
import { datetimeOf, type TimeRange } from './time.ts';

export interface Selection {
  /** CQL2 text; '' is every record. */
  filter: string;
  /** Interval text; absent is all time. */
  datetime?: string;
}

const timeRoles = ['primary-instant', 'primary-interval-start', 'primary-interval-end'];

/** Whether the records of a collection have a time: then the time range chooses among them. */
export const isTimed = (fields: Field[]): boolean => fields.some((f) => timeRoles.includes(f.role ?? ''));

interface Chosen {
  fields: Field[];
  filters: Record<string, FieldFilter>;
  /** Only where the collection has records of this mission. */
  mission?: string;
  /** The collection has records of all missions beside those of this one. */
  shared?: boolean;
  /** Only where the collection is one of points. */
  space?: Space;
  time?: TimeRange;
}

export function selectionOf({ fields, filters, mission, shared = false, space, time }: Chosen): Selection {
  const its = mission ? conditionText('mission', undefined, { values: [mission] }) : '';
  const own = its && shared ? `(${its} OR "mission" IS NULL)` : its;
  const datetime = isTimed(fields) ? datetimeOf(time) : undefined;
  return { filter: allOf([own, filterText(fields, filters), space ? spaceText(space) : '']), ...(datetime && { datetime }) };
}

/** The selection as parameters of items and tiles. */
export const asQuery = ({ filter, datetime }: Selection): Record<string, string> => ({ ...(filter && { filter }), ...(datetime && { datetime }) });

/** The selection as inputs of a process. */
export const asInputs = (collection: string, selection: Selection): Record<string, unknown> => ({ collection, ...asQuery(selection) });

/** Placed worse than about 25 km: the point stands for an area, and is never drawn as one. */
const coarsest = 2;

/** Whether a record's own place is known well enough to be shown as a point. */
export const isPlacedWell = (properties: Record<string, unknown>): boolean => !(Number(properties.place_precision) > coarsest);

/** What the map may draw as points: the selection without what is placed too coarsely for it. */
export function placedWell(fields: Field[], filter: string): string {
  if (!fields.some((f) => f.name === 'place_precision')) return filter;
  return allOf([filter, `("place_precision" IS NULL OR "place_precision" <= ${coarsest})`]);
}
