// The shapes of an answer as the map draws them: each in the colour of its layer, or of the class of a number that it carries.
import type { Feature } from 'geojson';
import type { Field } from '../api/shapes.ts';
import type { TokenName } from '../map/tokens.ts';
import type { Shown } from '../state/analyses.ts';
import { breaksOf, classOf, type Shapes } from './result.ts';

const ramp: TokenName[] = ['seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5'];
const plain: TokenName[] = ['reach-2', 'd-other', 'd-found', 'd-hazard', 'd-corridor', 'd-medical'];

/** The colour of the layer at a place in the list. */
export const colourOf = (at: number): TokenName => plain[at % plain.length] ?? 'reach-2';

const numbersIn = ({ features }: Shapes, name: string) => features.map((f) => f.properties?.[name] as unknown).filter((v) => typeof v === 'number');

/** Numbers that differ from shape to shape: what a layer can be shaded by. Keys tell nothing. */
export const shadedBy = (part: Shapes): Field[] => part.fields.filter((f) => f.name !== 'key' && f.name !== 'id' && new Set(numbersIn(part, f.name)).size > 1);

/** Fewer classes than five stand at the dark end. */
const shadeAt = (breaks: number[], at: number): TokenName => ramp[Math.min(4, at + 5 - breaks.length)] ?? 'seq-5';

export function classesOf(part: Shapes, name: string): { from: number; colour: TokenName; n: number }[] {
  const values = numbersIn(part, name);
  const breaks = breaksOf(values);
  return breaks.map((from, i) => ({ from, colour: shadeAt(breaks, i), n: values.filter((v) => classOf(breaks, v) === i + 1).length }));
}

/** A shape on the map, and what it tells. */
export interface Told {
  part: Shapes;
  properties: Record<string, unknown>;
}

/** The features to draw, and in the same order what each of them tells. */
export function drawnShapes(parts: Shapes[], shown: Shown): { features: Feature[]; told: Told[] } {
  const features: Feature[] = [];
  const told: Told[] = [];
  parts.forEach((part, at) => {
    const mine = shown[part.id];
    if (!mine) return;
    const breaks = mine.shade ? breaksOf(numbersIn(part, mine.shade)) : [];
    for (const { geometry, properties } of part.features) {
      const value = mine.shade ? (properties?.[mine.shade] as unknown) : undefined;
      const colour = typeof value === 'number' ? shadeAt(breaks, classOf(breaks, value) - 1) : colourOf(at);
      features.push({ type: 'Feature', geometry, properties: { index: told.length, colour } });
      told.push({ part, properties: properties ?? {} });
    }
  });
  return { features, told };
}

export const resultColours: TokenName[] = [...ramp, ...plain];
