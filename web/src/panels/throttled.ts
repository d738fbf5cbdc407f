// Lets a call through at most once in a while: the first at once, then the latest when the time has come.
import { useEffect, useRef } from 'react';

export function useThrottled<T>(call: (value: T) => void, everyMs: number): (value: T, now: boolean) => void {
  const latest = useRef(call);
  const state = useRef<{ timer?: ReturnType<typeof setTimeout>; next?: { value: T } }>({});
  useEffect(() => {
    latest.current = call;
  });
  useEffect(() => () => clearTimeout(state.current.timer), []);
  const flush = () => {
    const { next } = state.current;
    state.current = next ? { timer: setTimeout(flush, everyMs) } : {};
    if (next) latest.current(next.value);
  };
  return (value, now) => {
    state.current.next = { value };
    if (now) {
      clearTimeout(state.current.timer);
      state.current = {};
      latest.current(value);
    } else if (state.current.timer === undefined) flush();
  };
}
