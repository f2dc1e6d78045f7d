import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import classes from './tool-button.module.css';

interface ToolButtonProps extends ButtonProps, Omit<ComponentProps<'button'>, keyof ButtonProps> {
  readonly icon: ReactNode;
  readonly name: string;
  /** For what is on or off. */
  readonly pressed?: boolean;
}

/** A quiet button of the playground: icon and name, on a phone the icon alone. */
export function ToolButton({ icon, name, pressed, ...rest }: ToolButtonProps) {
  return (
    <Button
      className={classes.tool ?? ''}
      size="compact-md"
      fz="sm"
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'pine' : 'gray'}
      leftSection={icon}
      title={name}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...rest}
    >
      <span className={classes.name}>{name}</span>
    </Button>
  );
}
