// Who is signed in, what he may do and see, until when; and the way out. What he has not saved is not left behind on the machine.
import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { signOut, useSession } from '../api/session.ts';
import { isChanged } from '../edit/draft.ts';
import { useEdit } from '../edit/store.ts';
import { useWords } from '../i18n/words.ts';
import { dropDrafts } from '../state/drafts.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { leave } from './leave.ts';

export function WhoMenu() {
  const words = useWords();
  const { say } = words;
  const { data: session } = useSession();
  if (!session?.name) return null;
  const { name, role, ceiling, missions, expires } = session;
  const rows: [string, string][] = [
    [say('who.role'), role ? say(`role.${role}`) : ''],
    [say('who.ceiling'), words.code('classification', ceiling)],
    [say('who.missions'), missions ? words.list(missions) || say('who.noMission') : say('mission.all')],
    [say('who.expires'), expires ? words.moment(Date.parse(expires)) : say('who.never')],
  ];
  return (
    <DialogTrigger>
      <AriaButton className="button quiet who" aria-label={say('who.label', { name })}><Icon name="person" /><span>{name}</span></AriaButton>
      <Popover className="popover">
        <Dialog className="who-card" aria-label={say('who.label', { name })}>
          <h2 dir="auto">{name}</h2>
          <dl className="facts">{rows.map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>
          {session.signedIn && <SignOut />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function SignOut() {
  const { say } = useWords();
  const { user, left, draft } = useEdit();
  const unsaved = left.length + (draft && isChanged(draft) ? 1 : 0);
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState(false);
  const go = async () => {
    if (unsaved && !asked) return setAsked(true);
    try {
      await signOut();
    } catch {
      // The server still knows this browser: whoever comes next must not think otherwise.
      return setFailed(true);
    }
    dropDrafts(user);
    leave();
  };
  return (
    <>
      {asked && <p className="state">{say('who.unsaved', { n: unsaved })}</p>}
      {failed && <p className="state bad" role="alert">{say('who.notOut')}</p>}
      <Button onPress={() => void go()}>{say(asked ? 'who.outAnyway' : 'who.out')}</Button>
    </>
  );
}
