// The place under the pointer (or in the middle of the map), in the reader's way of writing it; copied with one press.
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { coordFormats, formatCoord } from '../geo/coords.ts';
import { useWords } from '../i18n/words.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { IconButton } from '../ui/Button.tsx';
import { copy } from './TopBar.tsx';

export function Coordinates() {
  const { say } = useWords();
  const { cursor, tell } = useUi();
  const { coords, setCoords } = usePrefs();
  if (!cursor) return null;
  const text = formatCoord(cursor.lon, cursor.lat, coords);
  const other = coords === 'dd' ? 'mgrs' : 'dd';
  const copied = async () => {
    const done = await copy(text);
    tell(done ? say('coords.copied', { text }) : say('share.failed'));
  };
  return (
    <div className="coords" dir="ltr">
      <MenuTrigger>
        <AriaButton className="button quiet" aria-label={say('coords.format', { text })}>
          <b data-testid="coords">{text}</b>
          <span className="coords-other">{formatCoord(cursor.lon, cursor.lat, other)}</span>
        </AriaButton>
        <Popover className="popover">
          <Menu className="menu" selectionMode="single" selectedKeys={[coords]} onAction={(key) => setCoords(key as (typeof coordFormats)[number])}>
            {coordFormats.map((f) => (
              <MenuItem key={f} id={f} textValue={say(`coords.${f}`)} className="menu-item"><b>{say(`coords.${f}`)}</b><small>{formatCoord(cursor.lon, cursor.lat, f)}</small></MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <IconButton icon="copy" label={say('coords.copy')} onPress={() => void copied()} />
    </div>
  );
}
