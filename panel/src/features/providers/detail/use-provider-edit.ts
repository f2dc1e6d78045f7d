import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../client/problem';
import { readProvider, updateProvider } from '../../../client/providers';
import type { Tagged } from '../../../client/transport';
import type { Provider } from '../../../client/types';
import { fieldErrorsOf } from '../../../components/form-problems';
import { notifySuccess } from '../../../components/notify';
import { providerQuery } from '../provider-queries';
import { changesOf, type ProviderValues, rebased, valuesOf } from './provider-values';

/**
 * The form of a provider and the state of it that the form began from. A refresh behind the form moves that state only
 * while nothing is typed: else a save would carry the new tag and still undo what someone else has saved.
 */
export function useProviderEdit(latest: Tagged<Provider>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [basis, setBasis] = useState(latest);
  const [seen, setSeen] = useState(latest);
  const form = useForm<ProviderValues>({ initialValues: valuesOf(latest.value) });
  const begin = (fresh: Tagged<Provider>, values: ProviderValues) => {
    form.setInitialValues(valuesOf(fresh.value));
    form.setValues(values);
    setBasis(fresh);
  };
  if (latest !== seen) {
    setSeen(latest);
    if (!form.isDirty()) begin(latest, valuesOf(latest.value));
  }

  const { slug } = basis.value;
  const save = useMutation({
    mutationFn: (options: { readonly overwrite: boolean }) =>
      updateProvider(slug, changesOf(basis.value, form.values), options.overwrite ? null : basis.tag),
    onSuccess: async (updated) => {
      form.setInitialValues(valuesOf(updated));
      form.setValues(valuesOf(updated));
      notifySuccess((updated.warnings ?? []).join(' ') || t('common.saved'));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['providers'] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]);
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  const reload = useMutation({
    mutationFn: () => readProvider(slug),
    onSuccess: (fresh) => {
      save.reset();
      begin(fresh, rebased(basis.value, form.values, fresh.value));
      client.setQueryData(providerQuery(slug).queryKey, fresh);
    },
  });
  return {
    form,
    basis: basis.value,
    save,
    isConflict: save.error instanceof Problem && save.error.status === 412,
    /** Takes the state of the server under what was typed here. */
    reload,
  };
}
