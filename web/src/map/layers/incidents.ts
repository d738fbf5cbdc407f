// Incidents: a triangle detonated, a ring found before, a cross otherwise; three sizes by people killed and injured.
// Where they would lie on one another they are counted in cells instead, shaded by five printed classes.
import { evaluate, type Expression } from '../expression.ts';
import type { TokenName } from '../tokens.ts';
import { textOf, type LayerKind } from './layer.ts';
import { byCount, drawnBy, iconOf, layerOf, ownFile, tokenIn } from './styleFile.ts';

const file = ownFile('incidents');
/** incident/, outcome, /, size */
const icon = iconOf(file) as Expression[];
const outcome = icon[2] as Expression[];

export const incidentSymbol = (properties: Record<string, unknown>) => textOf(evaluate(icon, properties));

/** Outcomes that count as found before detonation. */
export const foundOutcomes = outcome[outcome.indexOf('found') - 1] as string[];

const classOf = (properties: Record<string, unknown>) => {
  const drawn = textOf(evaluate(outcome, properties));
  return drawn === 'harm' ? 'detonated' : drawn;
};

/** Where the classes of a cell's count begin, with their colours: few records need finer classes than a million. */
export function cellClasses(crowd: number): { from: number; colour: TokenName }[] {
  const [, , first, ...others] = byCount<unknown[]>(layerOf(file, 'cells')?.paint?.['circle-color'], crowd);
  const steps = [1, first, ...others];
  return steps.flatMap((from, i) => (i % 2 ? [] : [{ from: Number(from), colour: tokenIn(steps[i + 1]) }]));
}

export const incidents: LayerKind = {
  ...drawnBy(file),
  shown: true,
  mark: { symbol: 'incident/harm/1' },
  classField: 'outcome',
  classes: ['detonated', 'found', 'other'].map((id) => ({ id, mark: { symbol: incidentSymbol({ outcome: id, killed: 1 }) } })),
  classOf,
  symbol: incidentSymbol,
  columns: ['time', 'category', 'outcome', 'target', 'device', 'killed', 'injured', 'route', 'place_precision', 'reliability', 'credibility'],
};
