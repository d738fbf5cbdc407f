// Bases that stay and bases that may not be sites: touched on the map or in the table beneath, listed here, taken away one by one.
import { useEffect } from 'react';
import type { MessageId } from '../i18n/languages.ts';
import { useWords } from '../i18n/words.ts';
import { useStanding } from '../planning/PlanPanel.tsx';
import { usePlanning } from '../planning/store.ts';
import { ruled, type Siting } from '../state/siting.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';

const rules = [['keep', 'siting.stay'], ['close', 'siting.barred']] as const satisfies [string, MessageId][];

export function RuledBases({ siting }: { siting: Siting }) {
  const { say } = useWords();
  const seek = useView((v) => v.seek);
  const { ruling, set } = usePlanning();
  const bases = useStanding();
  useEffect(() => () => set({ ruling: undefined }), [set]);
  const name = (key: number) => bases.find((b) => b.key === key)?.name ?? `#${key}`;
  return (
    <>
      {rules.map(([rule, label]) => (
        <div key={rule} className="ruled" role="group" aria-label={say(label)} data-rule={rule}>
          <div className="section-head">
            <span className="label">{say(label)}</span>
            <Button icon="pin" aria-pressed={ruling === rule} aria-label={say('siting.pickFor', { list: say(label) })} onPress={() => set({ ruling: ruling === rule ? undefined : rule, merging: undefined })}>{say(ruling === rule ? 'draw.done' : 'siting.pick')}</Button>
          </div>
          {ruling === rule && <p className="note" role="status">{say('siting.pickHint')}</p>}
          {siting[rule].length > 0 && (
            <ul>{siting[rule].map((key) => <li key={key} data-key={key}><bdi>{name(key)}</bdi><IconButton icon="close" label={say('draw.remove', { name: name(key) })} onPress={() => seek(ruled(siting, key, undefined))} /></li>)}</ul>
          )}
        </div>
      ))}
    </>
  );
}
