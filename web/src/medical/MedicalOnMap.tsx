// The chain of care on the map: minutes to surgery as a surface, the journey of the casualty with how far it is, and the one sentence.
import { useEffect, useMemo } from 'react';
import { careCellsIn, careCountsIn, chainIn, surgeryLimitIn } from '../api/evacuation.ts';
import { usePanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import type { MapController } from '../map/controller.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { useCareAnswers } from './answers.ts';
import { cellFeatures, journeyFeatures, limitFeature } from './drawn.ts';
import { coverText } from './words.ts';

export function MedicalOnMap({ map }: { map: MapController }) {
  return usePanel() === 'medical' ? <Care map={map} /> : null;
}

function Care({ map }: { map: MapController }) {
  useSurface(map);
  useJourney(map);
  useSentence();
  return null;
}

function useSurface(map: MapController) {
  const answer = useCareAnswers((a) => a.surface.answer);
  const cells = useMemo(() => (answer ? [...cellFeatures(careCellsIn(answer), surgeryLimitIn(answer)), limitFeature(careCellsIn(answer), surgeryLimitIn(answer))] : []), [answer]);
  useEffect(() => map.setDrawing('care', cells), [map, cells]);
  useEffect(() => () => map.setDrawing('care', []), [map]);
}

function useJourney(map: MapController) {
  const { km } = useWords();
  const { answer, stale } = useCareAnswers((a) => a.chain);
  const features = useMemo(() => (answer && !stale ? journeyFeatures(chainIn(answer), km) : []), [answer, stale, km]);
  useEffect(() => map.setDrawing('journey', features), [map, features]);
  useEffect(() => () => map.setDrawing('journey', []), [map]);
}

/** How much of the mission has surgery in time, in one sentence on the map. */
export function useCoverText(): { text: string; stale: boolean } | undefined {
  const words = useWords();
  const medical = useView((v) => v.medical);
  const { answer, stale } = useCareAnswers((a) => a.surface);
  return answer && { text: coverText(words, medical, surgeryLimitIn(answer), careCountsIn(answer)), stale };
}

function useSentence() {
  const cover = useCoverText();
  const [text, stale] = [cover?.text, cover?.stale ?? false];
  const set = useUi((u) => u.set);
  useEffect(() => {
    if (!text) return;
    set({ answer: { text, stale } });
    return () => set({ answer: undefined });
  }, [text, stale, set]);
}
