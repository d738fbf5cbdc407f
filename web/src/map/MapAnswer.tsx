// The one answer sentence, at the upper inline start of the map, and the measurement beneath it.
import { AlertNews } from '../alerts/AlertNews.tsx';
import { LiveChip } from '../live/LiveChip.tsx';
import { MedicalKey } from '../medical/MedicalKey.tsx';
import { MeasureCard } from '../panels/MeasureCard.tsx';
import { useUi } from '../state/ui.ts';

export function MapAnswer() {
  const answer = useUi((u) => u.answer);
  return (
    <div className="map-answer">
      {answer && <p data-testid="map-answer" data-stale={answer.stale || undefined}>{answer.text}</p>}
      <MedicalKey />
      <AlertNews />
      <LiveChip />
      <MeasureCard />
    </div>
  );
}
