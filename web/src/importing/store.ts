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
  error?: string;
}

interface ImportsState {
  /** The import whose facts are open. */
  chosen?: string;
  /** Which of its rows are listed. */
  kind?: RowKind;
  /** The row that is shown on the map, by its place in the list. */
  row?: number;
  uploads: Record<string, Upload>;
  set(patch: Partial<Pick<ImportsState, 'chosen' | 'kind' | 'row'>>): void;
  setUpload(id: string, upload: Upload | undefined): void;
}

export const useImports = create<ImportsState>()((set) => ({
  uploads: {},
  set: (patch) => set(patch),
  setUpload: (id, upload) =>
    set(({ uploads }) => {
      const rest = Object.fromEntries(Object.entries(uploads).filter(([other]) => other !== id));
      return { uploads: upload ? { ...rest, [id]: upload } : rest };
    }),
}));

export const forgetImports = () => useImports.setState({ chosen: undefined, kind: undefined, row: undefined, uploads: {} });
