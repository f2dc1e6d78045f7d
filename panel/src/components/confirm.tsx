import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';

interface ConfirmOptions {
  readonly title: string;
  readonly detail: ReactNode;
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
}

/** Asks before something that cannot be taken back. */
export function confirmDanger({ title, detail, confirm, cancel, onConfirm }: ConfirmOptions): void {
  modals.openConfirmModal({
    title,
    children: (
      <Text size="sm" component="div">
        {detail}
      </Text>
    ),
    labels: { confirm, cancel },
    confirmProps: { color: 'brick' },
    onConfirm,
  });
}
