// Which layer "nearest" speaks of: the bases where there are any; else the first layer on the map.
import type { Layer } from '../app/world.ts';
import type { Words } from '../i18n/words.ts';

export const nearestLayer = (layers: Layer[]): Layer | undefined => layers.find((l) => l.collection.id === 'bases') ?? layers.find((l) => l.visible);

export const nearestTitle = ({ collection }: Layer, words: Words): string =>
  collection.id === 'bases' ? words.say('nearest.from') : words.say('nearest.title', { name: words.collection(collection) });
