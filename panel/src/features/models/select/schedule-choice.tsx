import { Group, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MomentField } from '../../../components/moment-field';
import { isoDayOf } from '../../../format/jalali';

interface ScheduleChoiceProps {
  /** `YYYY-MM-DDTHH:mm` where the browser is; empty for now. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const DAY = 86_400_000;

/** Now, or at a time to come. */
export function ScheduleChoice({ value, onChange }: ScheduleChoiceProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('select.when')}
        value={value === '' ? 'now' : 'later'}
        onChange={(next) => onChange(next === 'now' ? '' : `${isoDayOf(new Date(Date.now() + DAY))}T09:00`)}
      >
        <Group mt={6}>
          <Radio value="now" label={t('select.atOnce')} />
          <Radio value="later" label={t('select.later')} />
        </Group>
      </Radio.Group>
      {value !== '' && <MomentField label={t('select.moment')} value={value} onChange={onChange} />}
    </Stack>
  );
}
