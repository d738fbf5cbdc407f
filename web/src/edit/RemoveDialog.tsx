// Asks before much is lost: before a record is removed, by name, and before a change of many records is undone.
import { useState } from 'react';
import { Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { remove, undoChange } from './acts.ts';
import { useEdit, type Removal } from './store.ts';

export function RemoveDialog() {
  const { removal, set } = useEdit();
  return (
    <ModalOverlay className="overlay" isOpen={removal !== undefined} onOpenChange={(open) => !open && set({ removal: undefined })} isDismissable>
      <Modal><Dialog className="card ask-dialog" role="alertdialog">{removal && <Ask removal={removal} close={() => set({ removal: undefined })} />}</Dialog></Modal>
    </ModalOverlay>
  );
}

/** Before a change of many records is undone: how many they are. */
export function UndoDialog() {
  const { say, count } = useWords();
  const { undoing, set } = useEdit();
  const close = () => set({ undoing: undefined });
  const go = () => {
    close();
    if (undoing) void undoChange(undoing.version, undoing.collections, undoing.told);
  };
  return (
    <ModalOverlay className="overlay" isOpen={undoing !== undefined} onOpenChange={(open) => !open && close()} isDismissable>
      <Modal>
        <Dialog className="card ask-dialog" role="alertdialog">
          <header className="card-head"><Heading slot="title">{say('history.undoAsk', { n: count(undoing?.version ?? 0) })}</Heading></header>
          <div className="card-body"><p>{say('history.undoMany', { n: count(undoing?.records ?? 0) })}</p></div>
          <footer className="card-actions"><Button look="primary" onPress={go}>{say('history.undo')}</Button><Button onPress={close}>{say('action.cancel')}</Button></footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Ask({ removal: { collection, key, title }, close }: { removal: Removal; close(): void }) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const go = () => {
    close();
    void remove(collection, key, title, reason, { label: say('told.removed', { name: title }), undone: say('told.undone', { name: title }), kept: say('edit.notSent') });
  };
  return (
    <form onSubmit={(e) => { e.preventDefault(); go(); }}>
      <header className="card-head"><Heading slot="title">{say('edit.removeAsk', { name: title })}</Heading></header>
      <div className="card-body">
        <p>{say('edit.removeNote')}</p>
        <TextField className="field" value={reason} onChange={setReason}><Label>{say('edit.why')}</Label><Input className="input" dir="auto" placeholder={say('edit.whyHint')} /></TextField>
      </div>
      <footer className="card-actions"><Button look="primary" type="submit">{say('edit.removeYes', { name: title })}</Button><Button onPress={close}>{say('action.cancel')}</Button></footer>
    </form>
  );
}
