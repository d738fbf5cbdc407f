// A new base where the map is touched, or where Enter is pressed in its middle.
import { opened, type Change } from '../state/scenario.ts';
import { useTools } from '../state/tools.ts';
import { setChanges } from './store.ts';
import { currentChanges } from './current.ts';

/** The next number that no new base has yet. */
const nextName = (changes: Change[], name: string) => `${name} ${changes.filter((c) => c.act === 'open').length + 1}`;

export function openNew(name: string) {
  useTools.getState().hold('point', ([at]) => {
    const changes = currentChanges();
    if (at && changes) setChanges(opened(changes, at, { name: nextName(changes, name), kind: 'company', status: 'open' }));
  });
}
