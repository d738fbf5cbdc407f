// One choice of several: a menu with a label in view.
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Icon } from './Icon.tsx';

export interface Option {
  id: string;
  label: string;
}

interface Props {
  label: string;
  options: Option[];
  value: string | undefined;
  placeholder?: string;
  onChange(id: string): void;
  hideLabel?: boolean;
}

export function Choice({ label, options, value, placeholder, onChange, hideLabel }: Props) {
  // A name that is too long for its box is there whole for who points at it.
  const chosen = options.find((o) => o.id === value)?.label;
  return (
    <Select className="field" value={value ?? null} onChange={(key) => key !== null && onChange(String(key))} placeholder={placeholder} aria-label={hideLabel ? label : undefined}>
      {!hideLabel && <Label>{label}</Label>}
      <Button className="input choice">
        <span className="choice-text" title={chosen}><SelectValue /></span>
        <Icon name="down" />
      </Button>
      <Popover className="popover">
        <ListBox items={options} className="menu">
          {(option) => <ListBoxItem id={option.id} textValue={option.label} className="menu-item">{option.label}</ListBoxItem>}
        </ListBox>
      </Popover>
    </Select>
  );
}
