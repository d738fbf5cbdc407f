// What others have changed since the page last took changes in. They wait until the reader asks for them; his own do not.
import { create } from 'zustand';
import { refresh } from '../api/cache.ts';
import type { Commit } from '../api/changes.ts';
import { useView } from '../state/view.ts';

interface LiveState {
  waiting: Commit[];
  /** More has changed than the server tells one by one. */
  everything: boolean;
  /** When the page last took changes in. */
  since: number;
  /** Absent: not asked yet. */
  connected?: boolean;
  /** Collection -> how often its tiles were to be drawn anew. */
  epochs: Record<string, number>;
  heard(commit: Commit): void;
  reloadAsked(): void;
}

/** Versions that this page has made, and has shown at once. */
const own = new Set<number>();

export const useLive = create<LiveState>()((set) => ({
  waiting: [],
  everything: false,
  since: Date.now(),
  epochs: {},
  heard: (commit) => set((s) => (own.has(commit.version) || s.waiting.some((w) => w.version === commit.version) || !collectionsOf([commit]).length ? s : { waiting: [...s.waiting, commit] })),
  reloadAsked: () => set({ everything: true }),
}));

export const collectionsOf = (commits: Commit[]): string[] => [...new Set(commits.flatMap((c) => c.touched.flatMap((t) => t.collection ?? [])))];

export interface News {
  added: number;
  /** Changed or removed. */
  others: number;
}

/** Names the state of the data that the page shows: another name, other answers. */
export function useDataEpoch(): string {
  const epochs = useLive((l) => l.epochs);
  const asof = useView((v) => v.asof);
  return JSON.stringify([epochs, asof]);
}

/** How much is new in one collection, or in all. */
export function newsOf(waiting: Commit[], collection?: string): News {
  const touches = waiting.flatMap((c) => c.touched).filter((t) => t.collection !== undefined && (collection === undefined || t.collection === collection));
  return touches.reduce((sum, t) => ({ added: sum.added + t.added, others: sum.others + t.replaced + t.removed }), { added: 0, others: 0 });
}

/** Draws these collections as they stand now: questions about them are asked again, their tiles too. The map stays where it is. */
export function takeIn(collections: readonly string[]) {
  useLive.setState((s) => ({ epochs: { ...s.epochs, ...Object.fromEntries(collections.map((c) => [c, (s.epochs[c] ?? 0) + 1])) } }));
  void refresh(collections);
}

/** Takes in what waits; of one collection alone where one is named. */
export function takeWaiting(known: readonly string[], collection?: string) {
  const { waiting, everything } = useLive.getState();
  if (collection !== undefined && !everything) {
    const rest = waiting.map((c) => ({ ...c, touched: c.touched.filter((t) => t.collection !== collection) })).filter((c) => collectionsOf([c]).length);
    useLive.setState({ waiting: rest });
    return takeIn([collection]);
  }
  useLive.setState({ waiting: [], everything: false, since: Date.now() });
  takeIn(everything ? known : collectionsOf(waiting));
}

/** A version that this page made itself: its event may have come before its answer. */
export function ownVersion(version: number) {
  own.add(version);
  useLive.setState((s) => ({ waiting: s.waiting.filter((c) => c.version !== version) }));
}

export const forgetNews = () => useLive.setState({ waiting: [], everything: false, since: Date.now(), connected: undefined });
