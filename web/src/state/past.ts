// The moment that the page shows: the parameter that every question about records carries while that is not the present.
import { useView } from './view.ts';

export const past = (): Record<string, string> => {
  const { asof } = useView.getState();
  return asof ? { asof } : {};
};

/** Whether the page shows the past: then nothing can be changed. */
export const useIsPast = (): boolean => useView((v) => v.asof !== undefined);
