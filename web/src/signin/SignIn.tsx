// The sign-in: a token, or the organisation's own way. The server's refusal stands under the field, with its delay where it asks for one.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { ApiError } from '../api/client.ts';
import { oidcPath, signIn, type Session } from '../api/session.ts';
import { LanguageMenu, ThemeButton } from '../app/TopBar.tsx';
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon, Mark } from '../ui/Icon.tsx';

export function SignIn({ session }: { session: Session }) {
  const { say } = useWords();
  return (
    <main className="sign-in">
      <div className="sign-in-bar"><LanguageMenu /><ThemeButton /></div>
      <section className="card" aria-labelledby="sign-in-title">
        <header><Mark /><h1 id="sign-in-title">{say('signIn.title')}</h1></header>
        <TokenForm />
        {session.oidc && <p className="sign-in-other"><span>{say('signIn.or')}</span><a className="button line" href={oidcPath}>{say('signIn.oidc')}</a></p>}
        <p className="note"><Icon name="lock" /> {say('status.stays')}</p>
      </section>
    </main>
  );
}

/** Seconds that are left to wait, counted down. */
function useWait(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

function TokenForm() {
  const words = useWords();
  const { say } = words;
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [wait, setWait] = useWait();
  const go = async () => {
    if (!token.trim() || busy || wait > 0) return;
    setBusy(true);
    try {
      client.setQueryData(['session'], await signIn(token.trim()));
      setToken('');
    } catch (e) {
      setProblem(e instanceof ApiError && e.status > 0 ? e.message : say('state.unreachable'));
      if (e instanceof ApiError && e.status === 429) setWait(e.waitSeconds ?? 1);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form autoComplete="off" noValidate onSubmit={(e) => { e.preventDefault(); void go(); }}>
      <TextField className="field" type="password" value={token} onChange={(t) => { setToken(t); setProblem(undefined); }} isInvalid={problem !== undefined} autoFocus>
        <Label>{say('signIn.token')}</Label>
        <Input className="input" autoComplete="off" spellCheck="false" dir="ltr" placeholder="bvk_" />
        <FieldError className="field-error">{problem}</FieldError>
      </TextField>
      <p className="note">{say('signIn.hint')}</p>
      {wait > 0 && <p className="state" role="status">{say('signIn.wait', { n: words.count(wait) })}</p>}
      <Button look="primary" type="submit" isPending={busy} isDisabled={!token.trim() || wait > 0}>{say('signIn.go')}</Button>
    </form>
  );
}
