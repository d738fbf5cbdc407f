// Drafts that were left: each is told with its time, to be gone on with or given up.
import { useWords } from '../i18n/words.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { Draft } from './draft.ts';
import { closeDraft, openDraft, useEdit } from './store.ts';
import { titleOf } from './words.ts';

/** So many are told at once; the others come when these are dealt with. */
const most = 3;

export function DraftOffers() {
  const words = useWords();
  const { say } = words;
  const left = useEdit((e) => e.left);
  const go = (draft: Draft) => {
    const { collection, key } = draft;
    useUi.getState().set({ panel: 'edit', drawer: true, sheet: 'full', place: undefined, group: undefined });
    // The selection first: choosing another record puts the open draft aside.
    useView.getState().select(key === undefined ? undefined : { collection, key });
    setTimeout(() => openDraft(draft));
  };
  return left.slice(0, most).map((draft) => (
    <p key={`${draft.collection}/${draft.key ?? draft.made}`} className="offer" role="status" data-testid="draft-offer">
      <Icon name="pencil" />
      <span>{say('draft.left', { name: titleOf(draft, words), time: words.moment(draft.at) })}</span>
      <Button onPress={() => go(draft)}>{say('draft.go')}</Button>
      <Button look="quiet" onPress={() => closeDraft(draft)}>{say('draft.drop')}</Button>
    </p>
  ));
}
