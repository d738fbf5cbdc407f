// Asks before a record is removed, by name; it can be brought back, and says so.
import { useState } from 'react';
import { Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { remove } from './acts.ts';
import { useEdit, type Removal } from './store.ts';

export function RemoveDialog() {
  const { removal, set } = useEdit();
  return (
    <ModalOverlay className="overlay" isOpen={removal !== undefined} onOpenChange={(open) => !open && set({ removal: undefined })} isDismissable>
      <Modal><Dialog className="card ask-dialog" role="alertdialog">{removal && <Ask removal={removal} close={() => set({ removal: undefined })} />}</Dialog></Modal>
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
