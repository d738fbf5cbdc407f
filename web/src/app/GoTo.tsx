// Goes to a base, a town or a coordinate: names come from the server, coordinates are read in four ways.
import { useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { useMap } from '../map/MapView.tsx';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { Icon } from '../ui/Icon.tsx';
import { SymbolCanvas } from '../ui/SymbolMark.tsx';
import { useFound, type Found } from './placeNames.ts';

export function GoTo({ done }: { done?: () => void }) {
  const { say } = useWords();
  const [text, setText] = useState('');
  const [focused, setFocused] = useState(false);
  const { entries, exact, problem } = useFound(text, focused);
  const go = useGo(() => {
    setText('');
    done?.();
  });
  return (
    <div className="goto">
      <ComboBox onFocus={() => setFocused(true)} aria-label={say('goto.label')} inputValue={text} onInputChange={setText} items={entries} value={null} onChange={(id) => go(entries.find((f) => f.id === id))} menuTrigger="input" allowsCustomValue allowsEmptyCollection={text.trim() !== ''} defaultFilter={() => true}>
        <div className="goto-field" data-problem={problem !== undefined || undefined}>
          <Icon name="search" />
          <Input
            className="goto-input" id="goto" placeholder={say('goto.placeholder')} aria-describedby="goto-problem" autoFocus={done !== undefined}
            onKeyDown={(e) => { if (e.key === 'Enter' && (exact || entries.length === 1)) go(entries[0]); }}
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
        <Popover className="popover wide" offset={12}>
          <ListBox<Found> className="menu" renderEmptyState={() => <p className="goto-empty" data-problem={problem !== undefined || undefined}>{problem ?? say(text.trim() ? 'goto.looking' : 'goto.placeholder')}</p>}>
            {(f) => (
              <ListBoxItem id={f.id} textValue={f.label} className="menu-item">
                {f.symbol && <SymbolCanvas name={f.symbol} />}
                <span>{f.label}</span>
                <small>{f.kind}</small>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <p className="only-read" id="goto-problem" role="status">{problem}</p>
    </div>
  );
}

function useGo(after: () => void) {
  const map = useMap((m) => m.map);
  const select = useView((v) => v.select);
  const set = useUi((u) => u.set);
  return (to: Found | undefined) => {
    if (!to) return;
    if (to.at) map?.goTo(to.at, 8);
    set({ place: to.record ? undefined : to.at });
    select(to.record);
    after();
    map?.focus();
  };
}
