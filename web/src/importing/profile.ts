// How a file was read, as a profile by which the next one of its kind is known.
import type { Found, ImportOptions } from '../api/imports.ts';

export interface ProfileBody {
  title: string;
  collection: string;
  /** Columns that such a file has. */
  all: string[];
  longitude?: string;
  latitude?: string;
  fields: Record<string, { from: string[] }>;
  id_from?: string[];
}

export function profileOf(title: string, { collection, columns, mapping }: Found, { id_from }: Pick<ImportOptions, 'id_from'>): ProfileBody {
  const place = (part: 'longitude' | 'latitude') => columns.find((c) => c.place === part)?.name;
  const [longitude, latitude] = [place('longitude'), place('latitude')];
  return {
    title, collection, all: columns.map((c) => c.name),
    ...(longitude && latitude && { longitude, latitude }),
    fields: Object.fromEntries(Object.entries(mapping).filter(([, column]) => column).map(([field, column]) => [field, { from: [column] }])),
    ...(id_from.length > 0 && { id_from }),
  };
}
