// The mark of an alert: the graver the larger and darker, and hollow once somebody has seen to it. The same on the map and in the list.
import { severities, type Alert, type Severity } from '../api/alerts.ts';

export const isSeen = (a: Alert): boolean => a.acknowledged.length > 0;

export function AlertMark({ severity, seen }: { severity: Severity; seen: boolean }) {
  const rank = Math.max(0, severities.indexOf(severity));
  const side = 12 + 2 * rank;
  return (
    <svg className="alert-sign" data-seen={seen} width={side} height={side} viewBox="0 0 16 16" aria-hidden="true" style={{ '--mark': `var(--seq-${rank + 2})` } as React.CSSProperties}>
      <path d="M8 .9 15.1 8 8 15.1.9 8Z" />
      {rank > 1 && <path className="stroke" d="M8 4.6v4.2M8 11v.2" />}
    </svg>
  );
}
