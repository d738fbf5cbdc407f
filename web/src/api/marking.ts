// Classifications in their order, and the highest of several.

export const markings = ['unclassified', 'confidential', 'strictly_confidential'] as const;
export type Marking = (typeof markings)[number];

const rank = (m: unknown): number => markings.findIndex((known) => known === m);

/** The highest of the markings; what is not known counts as the highest of all: nothing is marked too low. */
export function highest(all: Iterable<unknown>): Marking {
  let top = 0;
  for (const m of all) if (m !== undefined && m !== null && m !== '') top = Math.max(top, rank(m) < 0 ? markings.length - 1 : rank(m));
  return markings[top] ?? 'strictly_confidential';
}

/** Those that do not exceed a ceiling. */
export const upTo = (ceiling: string): readonly Marking[] => markings.slice(0, Math.max(0, rank(ceiling)) + 1);

/** The marking of a cached answer: its own, or the highest of its pages. */
export function markingOf(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  const own = 'marking' in data && typeof data.marking === 'string' ? [data.marking] : [];
  const pages = 'pages' in data && Array.isArray(data.pages) ? data.pages.flatMap(markingOf) : [];
  return [...own, ...pages];
}
