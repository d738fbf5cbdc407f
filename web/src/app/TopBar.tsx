// The bar at the top: mark, mission, workspace, go-to, undo and redo, share, print, language, night.
import { Button as AriaButton, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { AlertsButton } from '../alerts/AlertsButton.tsx';
import { useLanding } from '../api/queries.ts';
import { useWords } from '../i18n/words.ts';
import { hasOwnDigits, languages } from '../i18n/languages.ts';
import { usePrefs } from '../state/prefs.ts';
import { useUi } from '../state/ui.ts';
import { workspaceOf } from '../state/workspace.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon, Mark } from '../ui/Icon.tsx';
import { WhoMenu } from '../signin/WhoMenu.tsx';
import { PlanButton, RoutesButton, AnalysesButton, ChangesButton, EditButton, ImportsButton, ViewsButton } from './EditButtons.tsx';
import { GoTo } from './GoTo.tsx';
import { openPanel, usePanel } from './openPanel.ts';
import { UndoButtons } from './Undo.tsx';
import { useWorld } from './world.ts';

export function TopBar() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  const drawer = useUi((u) => u.drawer);
  const { data } = useLanding();
  return (
    <header className="top-bar">
      <span className="only-narrow"><IconButton icon="layers" label={say('layers.title')} aria-expanded={drawer} onPress={() => set({ drawer: !drawer })} /></span>
      <h1 className="brand"><Mark />{data?.title ?? 'Bivouac'}</h1>
      <MissionMenu />
      <nav className="workspaces" aria-label={say('nav.title')}><ExploreButton /><PlanButton workspace /><RoutesButton workspace /></nav>
      <GoTo />
      <UndoButtons />
      <AnalysesButton />
      <EditButton />
      <ImportsButton />
      <ChangesButton />
      <AlertsButton />
      <span className="bar-line" />
      <ViewsButton />
      <ShareButton />
      <PrintButton />
      <span className="bar-line" />
      <LanguageMenu />
      <ThemeButton />
      <WhoMenu />
    </header>
  );
}

/** The map with its layers: where the page begins. */
function ExploreButton() {
  const { say } = useWords();
  const on = workspaceOf(usePanel()) === undefined;
  return <button type="button" className="workspace" aria-current={on ? 'page' : undefined} onClick={() => openPanel('layers')}><Icon name="layers" /><span>{say('nav.explore')}</span></button>;
}

export function MissionMenu() {
  const { say } = useWords();
  const { missions, mission } = useWorld();
  const choose = useView((v) => v.chooseMission);
  if (!missions.length) return null;
  const now = missions.find((m) => m.code === mission);
  const options = [{ code: '', name: say('mission.all') }, ...missions];
  return (
    <MenuTrigger>
      <AriaButton className="button quiet mission" aria-label={say('mission.choose', { name: now?.code ?? say('mission.all') })}>
        <b>{now?.code ?? say('mission.all')}</b>
        <Icon name="down" />
      </AriaButton>
      <Popover className="popover">
        <Menu className="menu" selectionMode="single" selectedKeys={[mission || '*']} onAction={(key) => choose(key === '*' ? '' : String(key))} items={options.map((o) => ({ id: o.code || '*', ...o }))}>
          {(o) => <MenuItem id={o.id} textValue={o.name} className="menu-item"><b>{o.code || o.name}</b>{o.code && o.name !== o.code && <small>{o.name}</small>}</MenuItem>}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export function ShareButton() {
  const { say } = useWords();
  const tell = useUi((u) => u.tell);
  const share = async () => {
    const copied = await copy(location.href);
    tell(say(copied ? 'share.done' : 'share.failed'));
  };
  return <Button look="quiet" icon="share" onPress={() => void share()}><span className="wide-label">{say('share.label')}</span></Button>;
}

export function PrintButton() {
  const { say } = useWords();
  const set = useUi((u) => u.set);
  return <Button look="quiet" icon="print" onPress={() => set({ print: true, paper: 'map', drawer: false })}><span className="wide-label">{say('print.label')}</span></Button>;
}

/** The clipboard is there only on https and localhost; elsewhere the old way through a selection. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

/** The languages by their own names, and the digits where a language has its own. */
export function LanguageMenu() {
  const { say, language } = useWords();
  const { setLanguage, digits, setDigits } = usePrefs();
  return (
    <MenuTrigger>
      <AriaButton className="button quiet" aria-label={say('language.choose')}>
        <Icon name="globe" />{language.toUpperCase()}
      </AriaButton>
      <Popover className="popover">
        <Menu className="menu" aria-label={say('language.choose')}>
          <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[language]} onSelectionChange={(keys) => setLanguage(String([...keys][0]))} items={languages} aria-label={say('language.choose')}>
            {(l) => <MenuItem id={l.id} textValue={l.name} className="menu-item"><span lang={l.id}>{l.name}</span></MenuItem>}
          </MenuSection>
          {hasOwnDigits(language) && (
            <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[digits]} onSelectionChange={(keys) => setDigits([...keys][0] === 'own' ? 'own' : 'european')} className="menu-part" aria-label={say('digits.choose')}>
              <MenuItem id="european" textValue="123" className="menu-item">{say('digits.european')}</MenuItem>
              <MenuItem id="own" textValue="١٢٣" className="menu-item">{say('digits.own')}</MenuItem>
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export function ThemeButton() {
  const { say } = useWords();
  const { theme, setTheme } = usePrefs();
  const dark = theme === 'dark';
  return <IconButton icon={dark ? 'sun' : 'moon'} label={say(dark ? 'theme.day' : 'theme.night')} onPress={() => setTheme(dark ? 'light' : 'dark')} />;
}
