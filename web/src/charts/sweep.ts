// A press on one mark, or a sweep from one mark to another: told once, when the hand lets go, with the marks in their order.
import { useRef, type PointerEvent } from 'react';

export function useSweep(done: (from: number, to: number) => void) {
  const swept = useRef<{ from: number; to: number }>(undefined);
  return {
    down: (e: PointerEvent<Element>, at: number) => {
      if (e.button !== 0) return;
      // A finger holds on to what it first touched: then the others would not learn of it.
      if (e.currentTarget.hasPointerCapture(e.pointerId)) e.currentTarget.releasePointerCapture(e.pointerId);
      swept.current = { from: at, to: at };
      const end = (up: Event) => {
        const sweep = swept.current;
        swept.current = undefined;
        removeEventListener('pointerup', end);
        removeEventListener('pointercancel', end);
        if (sweep && up.type === 'pointerup') done(Math.min(sweep.from, sweep.to), Math.max(sweep.from, sweep.to));
      };
      addEventListener('pointerup', end);
      addEventListener('pointercancel', end);
    },
    enter: (at: number) => {
      if (swept.current) swept.current.to = at;
    },
  };
}
