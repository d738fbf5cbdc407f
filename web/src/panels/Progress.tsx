// How far a run is; a bar without an end where nobody knows.
import { ProgressBar } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import type { Run } from '../state/analyses.ts';

export function Progress({ run: { progress, step } }: { run: Run }) {
  const { say, warning } = useWords();
  return (
    <ProgressBar className="progress" value={progress ?? 0} isIndeterminate={progress === undefined} aria-label={say('analyses.running')}>
      {({ percentage, valueText }) => <><div><i style={{ inlineSize: `${percentage ?? 100}%` }} /></div><p className="note">{[valueText ?? say('analyses.running'), step && warning(step)].filter(Boolean).join(' · ')}</p></>}
    </ProgressBar>
  );
}
