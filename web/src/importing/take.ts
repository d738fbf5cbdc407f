// Files that were dropped or picked: each is begun, and the first is shown.
import { openPanel } from '../app/openPanel.ts';
import type { Words } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { messageOf } from './message.ts';
import { refreshImports } from './queries.ts';
import { useImports } from './store.ts';
import { sendFile } from './upload.ts';

export async function takeFiles(files: File[], words: Words): Promise<void> {
  let first = true;
  for (const file of files) {
    try {
      const id = await sendFile(file);
      if (first) {
        openPanel('imports');
        useImports.getState().set({ chosen: id, kind: undefined, row: undefined });
      }
      first = false;
    } catch (e) {
      useUi.getState().tell(messageOf(e, words));
    }
  }
  void refreshImports();
}
