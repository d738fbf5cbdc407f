// The shapes of answers as the map draws them: each in the colour of its layer, or of the class of a field that it carries.
import type { Feature } from 'geojson';
import type { TokenName } from '../map/tokens.ts';
import type { Shown } from '../state/analyses.ts';
import type { Shapes } from './result.ts';
import { firstShade, shadingColours, shadingOf, type Scale } from './shading.ts';

const plain: TokenName[] = ['reach-2', 'd-other', 'd-found', 'd-hazard', 'd-corridor', 'd-medical'];

/** What states no value of the field that shades its layer. */
export const unstated: TokenName = 'div-0';

/** The colour of the layer at a place in the list. */
export const colourOf = (at: number): TokenName => plain[at % plain.length] ?? 'reach-2';

/** What of an answer is on the map before anybody has chosen: its main layer, coloured by what that is about. */
export function shownFirst([main]: Shapes[]): Shown {
  return main ? { [main.id]: { shade: firstShade(main) } } : {};
}

/** A layer that is to be drawn. */
export interface Drawn {
  part: Shapes;
  shade?: string;
  /** Its place in its answer, which gives its colour where it has no shade. */
  at: number;
  /** The layer whose breaks hold here too. */
  like?: Shapes;
  /** The classes of its shade, where they are fixed. */
  scale?: Scale;
}

export const drawnOf = (parts: Shapes[], shown: Shown): Drawn[] =>
  parts.flatMap((part, at) => (shown[part.id] ? [{ part, at, shade: shown[part.id]?.shade }] : [])).sort((a, b) => b.at - a.at);

/** A shape on the map, and what it tells. */
export interface Told {
  part: Shapes;
  properties: Record<string, unknown>;
}

/** The features to draw, lowest first, and in the same order what each of them tells. */
export function drawnShapes(layers: Drawn[]): { features: Feature[]; told: Told[] } {
  const features: Feature[] = [];
  const told: Told[] = [];
  for (const { part, shade, at, like, scale } of layers) {
    const shading = shadingOf(part, shade, like, scale);
    for (const { geometry, properties } of part.features) {
      const of = shading?.classAt(properties ?? {});
      const colour = of === undefined ? (shading ? unstated : colourOf(at)) : shading?.classes[of]?.colour;
      features.push({ type: 'Feature', geometry, properties: { index: told.length, colour } });
      told.push({ part, properties: properties ?? {} });
    }
  }
  return { features, told };
}

export const resultColours: TokenName[] = [...new Set([...shadingColours, ...plain])];
