import { NumberInput, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addKey, type KeyScope, type NewKey } from '../../../client/providers';
import { Dialog } from '../../../components/dialog';
import { fieldErrorsOf } from '../../../components/form-problems';
import { FormButtons } from '../../../components/form-buttons';
import { ProblemAlert } from '../../../components/problem-alert';

interface AddKeyModalProps {
  readonly slug: string;
  readonly scope: KeyScope;
  readonly onClose: () => void;
}

/** A further key with a name and a share of the calls. */
export function AddKeyModal({ slug, scope, onClose }: AddKeyModalProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { label: '', api_key: '', weight: 1 as number | string },
    validate: {
      label: (value) => (value.trim() ? null : t('form.required')),
      api_key: (value) => (value.trim() ? null : t('form.required')),
    },
  });
  const save = useMutation({
    mutationFn: (body: NewKey) => addKey(scope, slug, body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <Dialog onClose={onClose} title={t('keys.addAnother')}>
      <form
        onSubmit={form.onSubmit(({ label, api_key: apiKey, weight }) => {
          if (save.isPending) return;
          save.mutate({
            label: label.trim(),
            api_key: apiKey.trim(),
            ...(typeof weight === 'number' ? { weight } : {}),
          });
        })}
      >
        <Stack>
          <TextInput label={t('keys.label')} withAsterisk data-autofocus {...form.getInputProps('label')} />
          <PasswordInput
            label={t('keys.paste')}
            withAsterisk
            dir="ltr"
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            {...form.getInputProps('api_key')}
          />
          <NumberInput
            label={t('keys.weightLabel')}
            description={t('keys.weightHint')}
            min={1}
            max={1000}
            allowDecimal={false}
            {...form.getInputProps('weight')}
          />
          <ProblemAlert error={save.error} />
          <FormButtons submit={t('common.save')} pending={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
