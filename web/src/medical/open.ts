// Opens the chain of care of somebody who lies at a base, a place or anywhere.
import { create } from 'zustand';
import { openPanel } from '../app/openPanel.ts';
import type { Scene } from '../state/medical.ts';
import { useUi, type Panel } from '../state/ui.ts';
import { useView } from '../state/view.ts';

/** The panel that stood before, to which closing leads back. */
const useBefore = create<{ panel: Panel }>()(() => ({ panel: 'layers' }));

export function openChain(from?: Scene) {
  const { panel } = useUi.getState();
  if (panel !== 'medical') useBefore.setState({ panel });
  const { select, setMedical } = useView.getState();
  select(undefined);
  if (from) setMedical({ from });
  openPanel('medical');
}

export const closeChain = () => openPanel(useBefore.getState().panel);
