// The stream of changes: opened once, opened again when it breaks, from where it broke.
import { heardAlert, refreshAlerts } from '../alerts/live.ts';
import { commit } from '../api/changes.ts';
import { signedOut } from '../api/client.ts';
import { useLive } from './store.ts';

/** The browser mends a broken line itself; where the server refused, this waits and asks again, longer each time. */
const firstWait = 2_000;
const longestWait = 60_000;

/** Opens the stream; returns the way to close it. */
export function connect(): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  let wait = firstWait;
  let greeted = false;

  const read = (e: MessageEvent<string>): unknown => {
    last = e.lastEventId || last;
    try {
      return JSON.parse(e.data || 'null');
    } catch {
      return undefined;
    }
  };
  const open = () => {
    source = new EventSource(`/api/events${last ? `?last=${encodeURIComponent(last)}` : ''}`);
    source.addEventListener('hello', (e) => {
      read(e);
      // What came while the line was broken is in the list.
      if (greeted) void refreshAlerts();
      greeted = true;
      wait = firstWait;
      useLive.setState({ connected: true });
    });
    source.addEventListener('commit', (e) => heard(read(e)));
    source.addEventListener('reload', (e) => {
      read(e);
      useLive.getState().reloadAsked();
      void refreshAlerts();
    });
    // An alert that this page cannot read, or fetch, is in the list all the same.
    source.addEventListener('alert', (e) => void heardAlert(read(e)).catch(() => undefined));
    source.addEventListener('acknowledged', (e) => {
      read(e);
      void refreshAlerts();
    });
    source.addEventListener('error', broken);
  };
  const heard = (data: unknown) => {
    try {
      useLive.getState().heard(commit(data, 'event'));
    } catch {
      // A commit that this page cannot read is a change all the same.
      useLive.getState().reloadAsked();
    }
  };
  const broken = () => {
    useLive.setState((s) => ({ connected: s.connected === undefined ? undefined : false }));
    if (source?.readyState !== EventSource.CLOSED) return;
    signedOut.forEach((tell) => tell());
    timer = setTimeout(open, wait);
    wait = Math.min(longestWait, wait * 2);
  };

  // A pulled cable is silent: the browser knows before the stream does.
  const gone = () => useLive.setState({ connected: false });
  const back = () => {
    clearTimeout(timer);
    source?.close();
    open();
  };
  addEventListener('offline', gone);
  addEventListener('online', back);
  open();
  return () => {
    removeEventListener('offline', gone);
    removeEventListener('online', back);
    clearTimeout(timer);
    source?.close();
  };
}
