import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  IconArrowBackUp,
  IconArrowRight,
  IconDots,
  IconPlayerPlay,
  IconStack2,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsSuperadmin } from '../../app/session-provider';
import { declareSuccessor, deleteSelection, putFallbacks, rollback, selectModel } from '../../client/models';
import type { Selection } from '../../client/types';
import { notifyProblem, notifySuccess } from '../../components/notify';
import { AFTER_SWITCH } from './model-queries';

interface SelectionActionsProps {
  readonly selection: Selection;
  readonly siblings: readonly Selection[];
}

/** Activate, use as stand-in, roll back, remove. */
export function SelectionActions({ selection, siblings }: SelectionActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isSuperadmin = useIsSuperadmin();
  const run = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSuccess: () => notifySuccess(t('common.saved')),
    onError: notifyProblem,
    onSettled: () => Promise.all(AFTER_SWITCH.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] }))),
  });
  if (!isSuperadmin && selection.scope === 'shared') return null;
  const { capability, provider, model_id, scope } = selection;
  const fallbacks = siblings
    .filter((row) => row.fallback_rank !== null && row.id !== selection.id)
    .map((row) => row.id);
  const suggested = selection.warnings.find((warning) => warning.suggested)?.suggested ?? null;
  const isFallback = selection.fallback_rank !== null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          aria-label={t('models.actionsFor', { name: selection.model_name.slice(0, 80) })}
          loading={run.isPending}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!selection.is_active && (
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} className="mirrored" />}
            onClick={() => run.mutate(() => selectModel({ provider, capability, model_id, scope, force: true }))}
          >
            {t('models.activate')}
          </Menu.Item>
        )}
        {!selection.is_active && scope === 'shared' && (
          <Menu.Item
            leftSection={<IconStack2 size={16} />}
            onClick={() =>
              run.mutate(() => putFallbacks(capability, isFallback ? fallbacks : [...fallbacks, selection.id]))
            }
          >
            {isFallback ? t('models.noFallback') : t('models.asFallback')}
          </Menu.Item>
        )}
        {selection.is_active && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} className="mirrored" />}
            onClick={() => run.mutate(() => rollback(capability, scope))}
          >
            {t('models.rollback')}
          </Menu.Item>
        )}
        {suggested && !selection.successor && (
          <Menu.Item
            leftSection={<IconArrowRight size={16} className="mirrored" />}
            onClick={() =>
              run.mutate(() =>
                declareSuccessor(selection.id, { provider: suggested.provider, model_id: suggested.model_id }),
              )
            }
          >
            {t('models.declareSuccessor', { name: suggested.model_name.slice(0, 60) })}
          </Menu.Item>
        )}
        {selection.successor && (
          <Menu.Item
            leftSection={<IconX size={16} />}
            onClick={() => run.mutate(() => declareSuccessor(selection.id, null))}
          >
            {t('models.withdrawSuccessor')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          c="var(--negative)"
          onClick={() => run.mutate(() => deleteSelection(selection.id))}
        >
          {t('models.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
