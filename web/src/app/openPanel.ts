// Opens a panel where this screen has it: beside the map, in the drawer, or in the sheet of the phone.
import { useSession, mayEdit } from '../api/session.ts';
import { useIsPast } from '../state/past.ts';
import { useUi, type Panel } from '../state/ui.ts';
import { useView } from '../state/view.ts';

const onPhone = () => matchMedia('(max-width: 599px)').matches;

export function openPanel(panel: Panel) {
  // On the phone the drawer is the menu, and the table stands where the sheet would.
  useUi.getState().set({ panel, drawer: !onPhone() && panel !== 'layers', sheet: panel === 'layers' ? 'half' : 'full', place: undefined, group: undefined });
  if (onPhone()) useView.getState().openTable(undefined);
}

/** The filters, where this screen has them; the card that led here stays on a wide one. */
export function openFilters() {
  if (!onPhone()) return useUi.getState().set({ panel: 'layers' });
  useView.getState().select(undefined);
  useUi.getState().set({ panel: 'layers', part: 'filters', place: undefined, group: undefined, sheet: 'half' });
}

/** Whether records can be changed here and now. */
export const useMayEdit = (): boolean => {
  const { data } = useSession();
  const past = useIsPast();
  return mayEdit(data) && !past;
};

/** The panel that stands: without the right to edit, or in the past, there is none to edit in. */
export function usePanel(): Panel {
  const panel = useUi((u) => u.panel);
  const may = useMayEdit();
  return panel === 'edit' && !may ? 'layers' : panel;
}
