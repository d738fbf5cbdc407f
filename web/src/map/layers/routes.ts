// Routes: width says the role, dash says the status; main and alternate roads have a light casing.
import { evaluate } from '../expression.ts';
import type { LayerKind } from './layer.ts';
import { drawnBy, ownFile, tokenIn } from './styleFile.ts';

const file = ownFile('routes');
const ways = file.layers.filter((l) => l.type === 'line' && l.id !== 'case');

/** The way that a road is drawn: that of one nobody has verified where its status is not known. */
export const statusOf = (properties: Record<string, unknown>) => ways.find((l) => evaluate(l.filter, properties) === true)?.id;

export const routes: LayerKind = {
  ...drawnBy(file),
  shown: true,
  mark: { line: { colour: 'map-road-main', width: 2 } },
  classField: 'status',
  classes: ways.map(({ id, paint }) => ({ id, mark: { line: { colour: tokenIn(paint?.['line-color']), dash: paint?.['line-dasharray'] as number[] | undefined, width: 2 } } })),
  classOf: statusOf,
};
