// A quiet notice of what has just been raised; it is read out, and leads to the list.
import { openPanel } from '../app/openPanel.ts';
import { useWords } from '../i18n/words.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useAlerts } from './store.ts';
import { useNewsText } from './words.ts';

export function AlertNews() {
  const { say } = useWords();
  const { news, set } = useAlerts();
  const text = useNewsText();
  const show = () => {
    set({ news: undefined, part: 'list', chosen: news?.alert?.id });
    openPanel('alerts');
  };
  return (
    <div role="status">
      {news && (
        <div className="live-chip alert-news" data-testid="alert-news">
          <Icon name="bell" />
          <span>{news.alert ? text(news.alert) : say('alerts.newMany', { n: news.count })}</span>
          <Button look="link" onPress={show}>{say('alerts.show')}</Button>
          <IconButton icon="close" label={say('action.close')} onPress={() => set({ news: undefined })} />
        </div>
      )}
    </div>
  );
}
