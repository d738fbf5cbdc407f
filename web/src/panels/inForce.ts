// What the page shows is what an analysis is asked about, unless its form says otherwise: the filters, mission and time in force.
import type { Process } from '../api/shapes.ts';
import { useWorld, type Layer } from '../app/world.ts';
import { asQuery } from '../state/selection.ts';
import type { FormValues } from './inputs.ts';

const role = (process: Process, name: string): unknown => process.inputs[name]?.schema['x-role'];

/** The form's values over those in force. A value that was wiped out stays so. */
export function overForce(process: Process, typed: FormValues, layers: Pick<Layer, 'collection' | 'counts'>[]): FormValues {
  if (role(process, 'collection') !== 'collection' || role(process, 'filter') !== 'filter') return typed;
  const asked = typed.collection ?? process.inputs.collection?.schema.default ?? 'incidents';
  const chosen = layers.find((l) => l.collection.id === asked)?.counts.data?.chosen;
  return chosen ? { ...asQuery(chosen), ...typed } : typed;
}

export const useInForce = (process: Process, typed: FormValues): FormValues => overForce(process, typed, useWorld().layers);
