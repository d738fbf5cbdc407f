// Buttons: primary (one a panel), line, quiet, icon. A busy button keeps its label; a bar runs beneath.
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';

interface Props extends Omit<ButtonProps, 'children' | 'className'> {
  look?: 'primary' | 'line' | 'quiet' | 'link';
  icon?: IconName;
  children?: ReactNode;
}

export function Button({ look = 'line', icon, children, ...rest }: Props) {
  return (
    <AriaButton {...rest} className={`button ${look}`}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

/** A button that is only an icon: its label is read out and shown on hover. */
export function IconButton({ label, icon, ...rest }: Omit<Props, 'children' | 'look'> & { label: string; icon: IconName }) {
  return (
    <AriaButton {...rest} aria-label={label} className="button icon-only">
      <Icon name={icon} />
      <span className="tip" aria-hidden="true">{label}</span>
    </AriaButton>
  );
}
