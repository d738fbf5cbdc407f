// A short link, /?view=ID: the page begins with what the saved view holds. Where there is none, a sentence says so above the plain page.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { askView } from '../api/views.ts';
import { useWords } from '../i18n/words.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Opened once: later the page goes its own way. */
let wanted = new URLSearchParams(location.search).get('view') ?? '';

export const shortLink = (id: string) => `${location.origin}/?view=${encodeURIComponent(id)}`;

type Opening = { failed?: 'gone' | 'unreachable' };

async function opened(signal: AbortSignal): Promise<Opening> {
  const id = wanted;
  if (!id) return {};
  try {
    const { body } = await askView(id, signal);
    end(`#${body.view}`);
    useView.getState().follow(body.view);
    return {};
  } catch (e) {
    // Whoever has to sign in first is asked again after that.
    if (signal.aborted || (e instanceof ApiError && e.status === 401)) throw e;
    end('');
    return { failed: e instanceof ApiError && e.status > 0 ? 'gone' : 'unreachable' };
  }
}

function end(hash: string) {
  wanted = '';
  history.replaceState(null, '', location.pathname + (hash || location.hash));
}

const opening = { queryKey: ['opening'], queryFn: ({ signal }: { signal: AbortSignal }) => opened(signal), retry: false, staleTime: Infinity, gcTime: Infinity };

export function OpenView({ children }: { children: ReactNode }) {
  const { isPending } = useQuery(opening);
  return wanted && isPending ? null : children;
}

export function OpenStrip() {
  const { say } = useWords();
  const client = useQueryClient();
  const { data } = useQuery(opening);
  if (!data?.failed) return null;
  return (
    <div className="strip" role="alert" data-testid="view-gone">
      <Icon name="warning" />
      <span>{say(data.failed === 'gone' ? 'views.gone' : 'state.unreachable')}</span>
      <IconButton icon="close" label={say('action.close')} onPress={() => client.setQueryData(opening.queryKey, {})} />
    </div>
  );
}
