// What an edit is called, in the reader's language: for its notice, for undo, and for when the line is broken.
import { useMemo } from 'react';
import { useWords, type Words } from '../i18n/words.ts';
import type { Told } from './acts.ts';
import { nameOfDraft, type Draft } from './draft.ts';

type Deed = 'added' | 'saved' | 'moved';

/** "Gao", or "Bases, no. 12" where a record has no name. */
export const titleOf = (draft: Draft, words: Words): string =>
  nameOfDraft(draft) || (draft.key === undefined ? words.say('edit.new', { name: words.collection({ id: draft.collection, title: '' }) }) : words.say('card.record', { name: words.collection({ id: draft.collection, title: '' }), key: draft.key }));

export function useTold(): (deed: Deed, draft: Draft) => Told {
  const words = useWords();
  return useMemo(() => (deed, draft) => ({ label: words.say(`told.${deed}`, { name: titleOf(draft, words) }), undone: words.say('told.undone', { name: titleOf(draft, words) }), kept: words.say('edit.kept') }), [words]);
}
