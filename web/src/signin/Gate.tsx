// Before the page: who asks. Where the server wants to know and does not, the sign-in stands in place of everything.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { signedOut } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { setEditor } from '../edit/store.ts';
import { keepFor, readerOf } from '../state/keptStore.ts';
import { forget, leave } from './leave.ts';
import { SignIn } from './SignIn.tsx';

export function Gate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { data: session, isPending } = useSession();
  const locked = session !== undefined && session.required && !session.signedIn;
  const name = session?.name;
  const reader = session && !locked ? readerOf(session) : undefined;
  /** Who was here last, while this tab is open. */
  const last = useRef<string>(undefined);
  useEffect(() => {
    const tell = () => void client.invalidateQueries({ queryKey: ['session'] });
    signedOut.add(tell);
    return () => void signedOut.delete(tell);
  }, [client]);
  useEffect(() => {
    if (locked) return forget();
    if (name === undefined) return;
    // Another's link may speak of what this one may not see.
    if (last.current !== undefined && last.current !== name) return leave();
    last.current = name;
    setEditor(name);
  }, [locked, name]);
  useEffect(() => {
    if (reader !== undefined) keepFor(reader);
  }, [reader]);
  if (isPending) return null;
  return locked ? <SignIn session={session} /> : children;
}
