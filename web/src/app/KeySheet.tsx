// The sheet that lists the keys.
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { IconButton } from '../ui/Button.tsx';

const keys = [
  ['/', 'keys.search'],
  ['?', 'keys.list'],
  ['Esc', 'keys.escape'],
  ['T', 'keys.table'],
  ['D', 'keys.plan'],
  ['W', 'keys.routes'],
  ['A', 'keys.analyses'],
  ['N', 'keys.alerts'],
  ['F', 'keys.footprint'],
  ['B', 'keys.base'],
  ['E', 'keys.edit'],
  ['I', 'keys.imports'],
  ['M', 'keys.measure'],
  ['L', 'keys.lasso'],
  ['R', 'keys.radius'],
  ['C', 'keys.close'],
  ['Backspace', 'keys.back'],
  ['Delete', 'keys.delete'],
  ['Ctrl Z', 'keys.undo'],
  ['Ctrl Y', 'keys.redo'],
  ['P', 'keys.print'],
  ['Space', 'keys.play'],
  ['← ↑ → ↓', 'keys.pan'],
  ['+ −', 'keys.zoom'],
  ['Enter', 'keys.nearest'],
  ['← →', 'keys.time'],
  ['Tab', 'keys.tab'],
] as const;

export function KeySheet() {
  const { say } = useWords();
  const { keys: open, set } = useUi();
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(o) => set({ keys: o })} isDismissable>
      <Modal>
        <Dialog className="card key-sheet">
          <header className="card-head">
            <Heading slot="title">{say('keys.title')}</Heading>
            <IconButton icon="close" label={say('action.close')} onPress={() => set({ keys: false })} />
          </header>
          <dl className="facts">
            {keys.map(([key, id]) => <div key={id}><dt><kbd>{key}</kbd></dt><dd>{say(id)}</dd></div>)}
          </dl>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
