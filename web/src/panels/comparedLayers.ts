// The layer of two answers that is compared, as the map draws it on either side: with one field, and the breaks of both together.
import type { Outcome } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { shapesOf, type Shapes } from './result.ts';
import type { Drawn } from './resultShapes.ts';
import { firstShade, shadedBy } from './shading.ts';

export interface Compared {
  /** The layers that either answer has, by which one is chosen. */
  choices: { id: string; title: string }[];
  /** The shapes of both sides: what the breaks are taken from. */
  both: Shapes;
  sides: [Drawn, Drawn];
  /** What it can be shaded by. */
  fields: ReturnType<typeof shadedBy>;
  shade?: string;
}

/** @param part the layer, and @param shade the field, where they are chosen; else the first. '' shades by nothing. */
export function comparedOf(process: Process, outcomes: [Outcome, Outcome], part?: string, shade?: string): Compared | undefined {
  const shapes = outcomes.map((o) => shapesOf(o, process));
  const choices = [...new Map(shapes.flat().map((s) => [s.id, s.title])).entries()].map(([id, title]) => ({ id, title }));
  const chosen = choices.find((c) => c.id === part) ?? choices[0];
  if (!chosen) return undefined;
  const found = shapes.map((of) => of.find((s) => s.id === chosen.id));
  const fullest = found.flatMap((s) => s ?? []).sort((a, b) => b.fields.length - a.fields.length)[0];
  if (!fullest) return undefined;
  const both = { ...fullest, features: found.flatMap((s) => s?.features ?? []) };
  const fields = shadedBy(both);
  const by = shade === '' ? undefined : (fields.find((f) => f.name === shade)?.name ?? firstShade(both));
  const side = (s: Shapes | undefined): Drawn => ({ part: { ...fullest, features: s?.features ?? [] }, at: choices.indexOf(chosen), shade: by, like: both });
  return { choices, both, sides: [side(found[0]), side(found[1])], fields, shade: by };
}
