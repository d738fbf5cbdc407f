// What the whole page says of itself above everything: its marking, that it shows the past, what was left unsaved.
import { DraftOffers } from '../edit/DraftOffers.tsx';
import { PastStrip } from '../past/AsOf.tsx';
import { OpenStrip } from './OpenView.tsx';
import { MarkingBanner } from './MarkingBanner.tsx';
import { useMayEdit, usePanel } from './openPanel.ts';

export function Strips() {
  const editing = usePanel() === 'edit';
  const may = useMayEdit();
  return (
    <div className="strips">
      <MarkingBanner />
      <OpenStrip />
      <PastStrip />
      {may && !editing && <DraftOffers />}
    </div>
  );
}
