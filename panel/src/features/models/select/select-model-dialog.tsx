import { Button, Group, Radio, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import { useIsSuperadmin } from '../../../app/session-provider';
import { Dialog } from '../../../components/dialog';
import { Problem } from '../../../client/problem';
import { selectModel } from '../../../client/models';
import type { Capability, Provider, Selection } from '../../../client/types';
import { notifySuccess } from '../../../components/notify';
import { ProblemAlert } from '../../../components/problem-alert';
import { ConflictNotice } from '../../../components/conflict-notice';
import { AFTER_SWITCH, selectionsQuery } from '../model-queries';
import { OldAndNew } from './old-and-new';
import { ScheduleChoice } from './schedule-choice';
import { notifySwitched } from './switched-notice';
import { VerifiedAnswer } from './verified-answer';

interface SelectModelDialogProps {
  readonly provider: Provider;
  readonly capability: Capability;
  readonly model: { readonly id: string; readonly name: string };
  readonly force: boolean;
  readonly selections: readonly Selection[];
  readonly onClose: () => void;
}

/** Old and new side by side; nothing changes before the button is pressed, and it can be taken back after. */
export function SelectModelDialog({ provider, capability, model, force, selections, onClose }: SelectModelDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const isSuperadmin = useIsSuperadmin();
  const [scope, setScope] = useState<'shared' | 'personal'>(isSuperadmin ? 'shared' : 'personal');
  const { data: current } = useQuery(selectionsQuery);
  // The state that the person saw when the dialog opened, or asked to see since.
  const tag = current?.tag ?? null;
  const [verify, setVerify] = useState(false);
  const [when, setWhen] = useState('');
  // What was replaced stays in view beside what the new model said.
  const [replaced, setReplaced] = useState<Selection | undefined>();
  const old = selections.find((row) => row.capability === capability && row.is_active && row.scope === scope);
  const select = useMutation({
    onMutate: () => setReplaced(old),
    mutationFn: (overwrite: boolean) =>
      selectModel(
        {
          provider: provider.slug,
          capability,
          model_id: model.id,
          scope,
          ...(model.name ? { model_name: model.name.slice(0, 200) } : {}),
          ...(verify ? { verify } : {}),
          ...(force ? { force } : {}),
          ...(when ? { activate_at: new Date(when).toISOString() } : {}),
        },
        overwrite ? null : tag,
      ),
    onSuccess: (selection) => {
      for (const queryKey of AFTER_SWITCH) void client.invalidateQueries({ queryKey: [...queryKey] });
      if (when) {
        notifySuccess(t('select.scheduled', { time: formats.dateTime(selection.activate_at) }));
        onClose();
        return;
      }
      notifySwitched({
        client,
        capability,
        t,
        name: selection.model_name,
        undoable: scope === 'shared' && Boolean(selection.previous),
      });
      if (!selection.verification) onClose();
    },
  });
  const done = select.data !== undefined;
  const reload = () => {
    select.reset();
    void client.invalidateQueries({ queryKey: selectionsQuery.queryKey });
  };
  return (
    <Dialog onClose={onClose} size="lg" title={t('select.title', { capability: t(`capability.${capability}`) })}>
      <Stack gap="md">
        <OldAndNew old={select.data ? replaced : old} provider={provider} model={model} />
        {force && (
          <Text size="sm" c="var(--caution)">
            {t('select.forced')}
          </Text>
        )}
        {!done && isSuperadmin && (
          <Radio.Group
            label={t('select.scope')}
            value={scope}
            onChange={(value) => setScope(value === 'personal' ? 'personal' : 'shared')}
          >
            <Group mt={6}>
              <Radio value="shared" label={t('select.everyone')} />
              <Radio value="personal" label={t('select.onlyMe')} />
            </Group>
          </Radio.Group>
        )}
        {!done && (
          <Switch
            label={t('select.verify')}
            description={t('select.verifyHint')}
            checked={verify}
            onChange={(event) => setVerify(event.currentTarget.checked)}
          />
        )}
        {!done && <ScheduleChoice value={when} onChange={setWhen} />}
        {select.data?.verification && <VerifiedAnswer verification={select.data.verification} />}
        {select.error instanceof Problem && select.error.status === 412 ? (
          <ConflictNotice onReload={reload} onOverwrite={() => select.mutate(true)} />
        ) : (
          <ProblemAlert error={select.error} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {done ? t('common.close') : t('common.cancel')}
          </Button>
          {!done && (
            <Button loading={select.isPending} onClick={() => !select.isPending && select.mutate(false)} data-autofocus>
              {when ? t('select.schedule') : verify ? t('select.verifyAndSwitch') : t('select.switch')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
