// The marking across the page, where what is shown is more than unclassified: nobody can miss it, and a picture of the screen carries it.
import { useWords } from '../i18n/words.ts';
import { useMarking } from './marking.ts';

export function MarkingBanner() {
  const { code } = useWords();
  const level = useMarking();
  if (level === 'unclassified') return null;
  return <p className="strip marking" role="status" data-level={level} data-testid="marking">{code('classification', level)}</p>;
}
