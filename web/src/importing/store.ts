// What of the imports this screen shows, and the files that it sends. The imports themselves stand in the cache of answers.
import { create } from 'zustand';
import type { RowKind } from '../api/imports.ts';

/** A file on its way to the server. */
export interface Upload {
  sent: number;
  size: number;
  /** Bytes a second, of late. */
  rate: number;
  /** The line broke, and it is tried again by itself. */
  broken: boolean;
  /** Why it was given up. */
  error?: unknown;
}

interface ImportsState {
  /** The import whose facts are open. */
  chosen?: string;
  /** Which of its rows are listed. */
  kind?: RowKind;
  /** The row that is shown on the map, by its place in the list. */
  row?: number;
  /** The parts that are unfolded: they stay so while the file is read anew. */
  unfolded: string[];
  unfold(part: string, open: boolean): void;
  uploads: Record<string, Upload>;
  set(patch: Partial<Pick<ImportsState, 'chosen' | 'kind' | 'row'>>): void;
  setUpload(id: string, upload: Upload | undefined): void;
}

export const useImports = create<ImportsState>()((set) => ({
  unfolded: [],
  unfold: (part, open) => set(({ unfolded }) => (unfolded.includes(part) === open ? {} : { unfolded: open ? [...unfolded, part] : unfolded.filter((p) => p !== part) })),
  uploads: {},
  set: (patch) => set(patch),
  setUpload: (id, upload) =>
    set(({ uploads }) => {
      const rest = Object.fromEntries(Object.entries(uploads).filter(([other]) => other !== id));
      return { uploads: upload ? { ...rest, [id]: upload } : rest };
    }),
}));

export const forgetImports = () => useImports.setState({ chosen: undefined, kind: undefined, row: undefined, unfolded: [], uploads: {} });
