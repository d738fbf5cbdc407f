// Undo and redo of what is drawn, picked and changed.
import { useWords } from '../i18n/words.ts';
import { useHistory } from '../state/history.ts';
import { IconButton } from '../ui/Button.tsx';

export function UndoButtons() {
  const { say } = useWords();
  const { past, future, undo, redo } = useHistory();
  return (
    <>
      <IconButton icon="undo" label={say('undo.undo')} isDisabled={!past.length} onPress={undo} />
      <IconButton icon="redo" label={say('undo.redo')} isDisabled={!future.length} onPress={redo} />
    </>
  );
}
