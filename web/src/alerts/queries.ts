// The questions about alerts as hooks: cached, and asked again when one comes in.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { askAlert, alertPage, askAlerts, askRules, type AlertPage } from '../api/alerts.ts';
import { follow } from '../api/client.ts';
import { useSession, type Session } from '../api/session.ts';
import { useUi } from '../state/ui.ts';
import { useAlerts } from './store.ts';

const page = 50;

/** Where records can change, rules can raise alerts. */
export const useRaises = (): boolean => useSession().data?.editable === true;

const writers = new Set<string | undefined>(['analyst', 'editor', 'administrator']);

/** Whether he may write rules and see to alerts. */
export const mayWriteRules = (s: Pick<Session, 'editable' | 'role'> | undefined): boolean => s !== undefined && s.editable && writers.has(s.role);
export const useMayWriteRules = (): boolean => mayWriteRules(useSession().data);

/** Those that the panel shows, page after page; nothing is asked while it is closed. */
export function useAlertList() {
  const query = useAlerts((a) => a.query);
  const open = useUi((u) => u.panel === 'alerts');
  const part = useAlerts((a) => a.part);
  return useInfiniteQuery({
    queryKey: ['alerts', query],
    enabled: open && part === 'list',
    initialPageParam: '',
    queryFn: ({ pageParam, signal }): Promise<AlertPage> => (pageParam ? follow(pageParam, alertPage, signal) : askAlerts(query, page, signal)),
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
}

/** How many nobody has seen to yet. */
export const useOpenAlerts = (): number =>
  useQuery({ queryKey: ['alerts-open'], enabled: useRaises(), queryFn: ({ signal }) => askAlerts({ severity: [], state: 'new', undelivered: false }, 1, signal).then((p) => p.matched) }).data ?? 0;

export const useAlert = (id: string) => useQuery({ queryKey: ['alert', id], queryFn: ({ signal }) => askAlert(id, signal), staleTime: 0 });

export const useRules = () => useQuery({ queryKey: ['alert-rules'], queryFn: ({ signal }) => askRules(signal), staleTime: 0 });
