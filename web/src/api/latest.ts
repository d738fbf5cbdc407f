// Questions that follow a moving hand: one is under way at a time, and while it is only the newest waits. So an answer comes even
// while the question changes faster than it is answered, and the last word is always the newest question's.
import { useEffect, useRef, useState } from 'react';

type Ask<Q, A> = (question: Q, signal: AbortSignal) => Promise<A>;

export interface Told<Q, A> {
  /** The last answer, kept while the next is computed, and what it answers. */
  answer?: A;
  of?: Q;
  error?: Error;
}

export class Latest<Q, A> {
  readonly #ask: Ask<Q, A>;
  readonly #tell: (told: Told<Q, A>) => void;
  #running?: AbortController;
  #next?: { question: Q };

  constructor(ask: Ask<Q, A>, tell: (told: Told<Q, A>) => void) {
    this.#ask = ask;
    this.#tell = tell;
  }

  put(question: Q) {
    if (this.#running) this.#next = { question };
    else void this.#run(question);
  }

  /** Nobody waits any more. */
  stop() {
    this.#next = undefined;
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(question: Q) {
    const control = new AbortController();
    this.#running = control;
    const told = await this.#ask(question, control.signal).then((answer): Told<Q, A> => ({ answer, of: question }), (error: Error): Told<Q, A> => ({ error, of: question }));
    if (control.signal.aborted) return;
    this.#running = undefined;
    const next = this.#next;
    this.#next = undefined;
    this.#tell(told);
    if (next) void this.#run(next.question);
  }
}

/**
 * @param question undefined: nothing is asked, and what was answered is forgotten
 * @param epoch another one: the same question has another answer now
 */
export function useLatest<Q, A>(question: Q | undefined, ask: Ask<Q, A>, epoch = ''): Told<Q, A> & { stale: boolean } {
  const [told, setTold] = useState<Told<Q, A>>({});
  const latest = useRef<Latest<Q, A>>(undefined);
  const key = JSON.stringify(question);
  useEffect(() => {
    // A refusal keeps the answer before it, greyed: the reader sees what was kept.
    const asked = new Latest<Q, A>(ask, (t) => setTold((old) => (t.error ? { ...old, error: t.error, of: t.of } : t)));
    latest.current = asked;
    return () => asked.stop();
  }, [ask]);
  useEffect(() => {
    if (key === undefined) latest.current?.stop();
    else latest.current?.put(JSON.parse(key) as Q);
  }, [key, epoch]);
  if (key === undefined) return { stale: false };
  return { ...told, stale: told.error !== undefined || JSON.stringify(told.of) !== key };
}
