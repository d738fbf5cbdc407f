// Where the charts and tables of a way stand on a wide screen: the panel at its end. Absent: beneath the list of ways.
import { useSyncExternalStore } from 'react';
import { create } from 'zustand';

export const useProofSlot = create<{ element?: HTMLElement }>()(() => ({}));

export const takeSlot = (element: HTMLElement | null) => useProofSlot.setState({ element: element ?? undefined });

const roomy = '(min-width: 1200px)';

/** Whether what proves the answer has a panel of its own at the end of the screen. */
export const useRoomy = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      const media = matchMedia(roomy);
      media.addEventListener('change', tell);
      return () => media.removeEventListener('change', tell);
    },
    () => matchMedia(roomy).matches,
  );
