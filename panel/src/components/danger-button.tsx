import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface DangerButtonProps extends Pick<ButtonProps, 'loading' | 'style'> {
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A quiet button in a line for what takes something away. */
export function DangerButton({ children, ...rest }: DangerButtonProps) {
  return (
    <Button size="compact-sm" variant="subtle" color="brick" c="var(--negative)" {...rest}>
      {children}
    </Button>
  );
}
