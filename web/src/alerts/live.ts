// An alert comes in at once: the lists are asked again, and it is told, once, whatever way it came.
import { alert, askAlert, type Alert } from '../api/alerts.ts';
import { queries } from '../api/cache.ts';
import { object, text } from '../api/decode.ts';
import { useAlerts } from './store.ts';

const kinds = new Set<unknown>(['alerts', 'alert', 'alerts-open', 'alert-rules']);

/** Asks anew what is shown of alerts: the server's list is the truth, so nothing stands twice and nothing is missed. */
export const refreshAlerts = () => queries.invalidateQueries({ predicate: (q) => kinds.has(q.queryKey[0]) });

/** Those that were told already; a broken line tells some again. */
const told = new Set<string>();

const reference = object({ id: text });

/** Of what is classified the event holds the id alone, and the rest is fetched: so the server writes down who read it. */
export async function heardAlert(data: unknown): Promise<void> {
  void refreshAlerts();
  const { id } = reference(data, 'event');
  if (told.has(id)) return;
  told.add(id);
  const whole = typeof data === 'object' && data !== null && 'properties' in data ? alert(data, 'event') : await askAlert(id);
  tell(whole);
}

/** What came within a while is told as one. */
function tell(whole: Alert) {
  const { news, set } = useAlerts.getState();
  const count = (news?.count ?? 0) + 1;
  set({ news: count === 1 ? { alert: whole, count } : { count } });
}
