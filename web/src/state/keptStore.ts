// Kept answers outlast a reload of their tab, and no more: not the tab, not the sign-out, not another reader, not narrower rights.
import type { Session } from '../api/session.ts';
import { shapesOf } from '../panels/result.ts';
import { drawnOf } from '../panels/resultShapes.ts';
import { forgetAnalyses, useAnalyses, type Kept, type Shown } from './analyses.ts';
import { forgetComparison } from './comparison.ts';

const name = 'bivouac.kept';

/** As many characters as are kept; browsers allow a page some five million. */
export const mostKept = 4_000_000;

type Stored = Pick<Kept, 'key' | 'process' | 'title' | 'outcome' | 'visible'> & { shown: Shown };

/** Who may see what was kept: the same reader, with the same rights. */
export const readerOf = ({ name: who, role, ceiling, missions }: Pick<Session, 'name' | 'role' | 'ceiling' | 'missions'>): string => JSON.stringify([who ?? '', role ?? '', ceiling, missions ?? null]);

const shownOf = ({ layers }: Kept): Shown => Object.fromEntries(layers.map(({ part, shade }) => [part.id, { shade }]));

const storedOf = (k: Kept): Stored => ({ key: k.key, process: k.process, title: k.title, outcome: k.outcome, visible: k.visible, shown: shownOf(k) });

const keptOf = ({ shown, ...k }: Stored): Kept => ({ ...k, layers: drawnOf(shapesOf(k.outcome, k.process), shown) });

/** Storage may be refused or full: then what is kept lasts until the page is left. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** The uppermost go first; what passes the bound, or the browser's own, is left out. Returns the keys of those that outlast a reload. */
export function storeKept(reader: string, kept: Kept[], most = mostKept): number[] {
  let room = most;
  const texts = kept.flatMap((k) => {
    const text = JSON.stringify(storedOf(k));
    if (text.length > room) return [];
    room -= text.length;
    return [{ key: k.key, text }];
  });
  for (; texts.length; texts.pop()) {
    const body = `{"reader":${JSON.stringify(reader)},"kept":[${texts.map((t) => t.text).join(',')}]}`;
    if (attempt(() => (sessionStorage.setItem(name, body), true))) return texts.map((t) => t.key);
  }
  dropKept();
  return [];
}

export const dropKept = (): void => void attempt(() => sessionStorage.removeItem(name));

/** What was kept for this reader; of anybody else's, nothing stays. */
export function loadKept(reader: string): Kept[] {
  const found = attempt(() => JSON.parse(sessionStorage.getItem(name) ?? 'null') as { reader: string; kept: Stored[] } | null);
  if (found && found.reader === reader) return attempt(() => found.kept.map(keptOf)) ?? [];
  dropKept();
  return [];
}

let stop: (() => void) | undefined;
let keeper: string | undefined;

/** From here on what this reader keeps is stored. Where his rights changed, nothing stays that was answered under the old ones. */
export function keepFor(reader: string) {
  stop?.();
  if (keeper !== undefined && keeper !== reader) {
    forgetComparison();
    forgetAnalyses();
  }
  keeper = reader;
  const before = loadKept(reader);
  if (before.length) useAnalyses.setState({ kept: before, lasting: before.map((k) => k.key) });
  stop = useAnalyses.subscribe((s, old) => s.kept !== old.kept && useAnalyses.setState({ lasting: storeKept(reader, s.kept) }));
}

export function forgetKept() {
  stop?.();
  stop = undefined;
  keeper = undefined;
  dropKept();
}
