// Bases: squares in ink, the echelon above, a cross where there is surgery; above everything, and their names keep off them.
import type { ExpressionSpecification } from 'maplibre-gl';
import { evaluate, type Expression } from '../expression.ts';
import { textOf, type LayerKind } from './layer.ts';
import { drawnBy, iconOf, ownFile } from './styleFile.ts';

const file = ownFile('bases');
/** base/, kind, /, care, /, state, /, and whether it is picked: no program but the page picks. */
const icon = iconOf(file) as Expression[];
const kinds = (icon[2] as Expression[])[2] as string[];

export const baseSymbol = (properties: Record<string, unknown>) => textOf(evaluate(icon, properties));

/** The picked ones in the colour of the chosen. */
export const baseIcon = (picked: number[]) => [...icon.slice(0, -1), ['case', ['in', ['id'], ['literal', picked]], '1', '0']] as unknown as ExpressionSpecification;

export const bases: LayerKind = {
  ...drawnBy(file),
  slot: 'base',
  shown: true,
  mark: { symbol: baseSymbol({ kind: 'company' }) },
  classField: 'kind',
  classes: kinds.map((id) => ({ id, mark: { symbol: baseSymbol({ kind: id }) } })),
  classOf: (properties) => textOf(properties.kind) || undefined,
  symbol: baseSymbol,
};
