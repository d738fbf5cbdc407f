// One of a few, all in view.
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Option } from './Choice.tsx';

export function Segments({ label, options, value, onChange }: { label: string; options: Option[]; value: string; onChange(id: string): void }) {
  return (
    <ToggleButtonGroup className="segments" aria-label={label} selectionMode="single" disallowEmptySelection selectedKeys={[value]} onSelectionChange={(keys) => { const [id] = keys; if (id !== undefined) onChange(String(id)); }}>
      {options.map((o) => <ToggleButton key={o.id} id={o.id} className="segment">{o.label}</ToggleButton>)}
    </ToggleButtonGroup>
  );
}
