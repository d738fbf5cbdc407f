// How the two maps of a comparison stand.
import { useWords } from '../i18n/words.ts';
import { useSwipe } from '../state/swipe.ts';
import { Segments } from '../ui/Segments.tsx';

export function LayoutChoice() {
  const { say } = useWords();
  const { layout, set } = useSwipe();
  return <Segments label={say('compare.layout')} value={layout} options={[{ id: 'swipe', label: say('compare.swipe') }, { id: 'beside', label: say('compare.beside') }]} onChange={(id) => set({ layout: id === 'beside' ? 'beside' : 'swipe' })} />;
}
