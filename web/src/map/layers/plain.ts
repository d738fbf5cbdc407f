// Every other collection: points, lines and areas in a quiet style of their own, so that loaded data shows at once.
import type { GeometryKind } from '../../api/shapes.ts';
import { textOf, type LayerKind } from './layer.ts';
import { drawnBy, fileOf } from './styleFile.ts';

/** Built-in collections that a newcomer does not see. */
const hidden = ['places', 'assets', 'missions', 'areas', 'corridors'];
const classFields: Record<string, string> = { assets: 'type', areas: 'kind' };

export function plain(id: string, geometry: GeometryKind): LayerKind {
  const classField = classFields[id];
  return {
    ...drawnBy(fileOf(id, geometry)),
    shown: !hidden.includes(id),
    classField,
    classes: [],
    classOf: (properties) => (classField ? textOf(properties[classField]) || undefined : undefined),
  };
}
