import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { rollback } from '../../../client/models';
import type { Capability } from '../../../client/types';
import { notifyProblem, notifySuccess } from '../../../components/notify';
import { PlainText } from '../../../components/plain-text';
import { AFTER_SWITCH } from '../model-queries';

interface SwitchedOptions {
  readonly client: QueryClient;
  readonly capability: Capability;
  readonly t: TFunction;
  readonly name: string;
  readonly undoable: boolean;
}

/** Says what serves now, and takes it back on one press. */
export function notifySwitched({ client, capability, t, name, undoable }: SwitchedOptions): void {
  const id = `switched-${capability}`;
  const undo = async () => {
    notifications.hide(id);
    try {
      await rollback(capability);
      notifySuccess(t('select.undone'));
    } catch (thrown) {
      notifyProblem(thrown);
    }
    for (const queryKey of AFTER_SWITCH) void client.invalidateQueries({ queryKey: [...queryKey] });
  };
  notifications.show({
    id,
    autoClose: 12_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" component="div">
          {t('select.done', { capability: t(`capability.${capability}`) })} <PlainText value={name} limit={80} />
        </Text>
        {undoable && (
          <Button size="compact-sm" variant="default" onClick={() => void undo()}>
            {t('select.undo')}
          </Button>
        )}
      </Group>
    ),
  });
}
