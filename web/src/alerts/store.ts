// What of the alerts this screen shows, and what came in while it is open. Alerts themselves stand in the cache of answers.
import { create } from 'zustand';
import type { Alert, AlertQuery } from '../api/alerts.ts';

export interface News {
  /** The newest; absent where many came at once. */
  alert?: Alert;
  count: number;
}

interface AlertsState {
  part: 'list' | 'rules';
  query: AlertQuery;
  /** The alert whose facts are open. */
  chosen?: string;
  /** The rule in the form; '' is a new one. */
  rule?: string;
  news?: News;
  set(patch: Partial<Omit<AlertsState, 'set'>>): void;
}

const unasked: AlertQuery = { severity: [], state: 'new', undelivered: false };

export const useAlerts = create<AlertsState>()((set) => ({ part: 'list', query: unasked, set: (patch) => set(patch) }));

export const forgetAlerts = () => useAlerts.setState({ part: 'list', query: unasked, chosen: undefined, rule: undefined, news: undefined });
