import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly size?: 'md' | 'lg' | 'xl';
  /** A press beside it does not close it: for what is shown only once. */
  readonly holdsOn?: boolean;
  readonly children: ReactNode;
}

/** A modal that lives only while it is open, and gives the focus back to where it was. */
export function Dialog({ title, onClose, size = 'md', holdsOn = false, children }: DialogProps) {
  const { t } = useTranslation();
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the modal is gone; the menu item that opened it may be gone, too.
      setTimeout(() => {
        const target = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('main');
        target?.focus();
      });
    },
    [before],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={!holdsOn}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Modal>
  );
}
