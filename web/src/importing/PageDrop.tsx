// A file may be dropped anywhere on the page.
import { useEffect, useState } from 'react';
import { useMayEdit } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { useTakes } from './queries.ts';
import { takeFiles } from './take.ts';

const holdsFiles = (e: DragEvent) => e.dataTransfer?.types.includes('Files') === true;

export function PageDrop() {
  const words = useWords();
  const { say } = words;
  const may = useMayEdit();
  const takes = useTakes();
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!may || !takes) return;
    const enter = (e: DragEvent) => {
      if (!holdsFiles(e)) return;
      e.preventDefault();
      setOver(true);
    };
    const leave = (e: DragEvent) => e.relatedTarget === null && setOver(false);
    const drop = (e: DragEvent) => {
      setOver(false);
      if (!holdsFiles(e)) return;
      e.preventDefault();
      void takeFiles([...(e.dataTransfer?.files ?? [])], words);
    };
    document.addEventListener('dragover', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [may, takes, words]);
  return over ? <div className="page-drop" aria-hidden="true"><p><Icon name="upload" />{say('imports.dropHere')}</p></div> : null;
}
