import { Group, Input, NativeSelect, TextInput } from '@mantine/core';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../app/preferences-provider';
import { type JalaliDay, jalaliDays, nearestDay } from '../format/jalali';
import type { MomentFieldProps } from './moment-field';

/** How far ahead one can choose. */
const DAYS = 366;

/** Day, month and year of the Persian calendar in three plain lists, and the time. Keyboards and readers know them. */
export function JalaliMomentField({ label, value, onChange }: MomentFieldProps) {
  const { t } = useTranslation();
  const { formats, digits } = usePreferences();
  const id = useId();
  const days = useMemo(() => jalaliDays(new Date(), DAYS), []);
  const monthName = useMemo(() => new Intl.DateTimeFormat('fa-IR-u-ca-persian', { month: 'long' }), []);
  const year = useMemo(
    () => new Intl.NumberFormat(`fa-IR-u-nu-${digits === 'persian' ? 'arabext' : 'latn'}`, { useGrouping: false }),
    [digits],
  );
  const [isoDay = '', time = ''] = value.split('T');
  const chosen = days.find(({ iso }) => iso === isoDay) ?? days[0];
  if (chosen === undefined) return null;
  const choose = (part: Partial<Pick<JalaliDay, 'year' | 'month' | 'day'>>) => {
    const next = nearestDay(days, { ...chosen, ...part });
    if (next) onChange(`${next.iso}T${time || '09:00'}`);
  };
  const sameYear = days.filter((row) => row.year === chosen.year);
  const sameMonth = sameYear.filter((row) => row.month === chosen.month);
  const firsts = (rows: readonly JalaliDay[], field: 'year' | 'month') =>
    rows.filter((row, index) => row[field] !== rows[index - 1]?.[field]);
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id }}>
      <Group gap="xs" role="group" aria-labelledby={id} wrap="wrap" mt={4}>
        <NativeSelect
          aria-label={t('moment.day')}
          value={chosen.day}
          onChange={(event) => choose({ day: Number(event.currentTarget.value) })}
          data={sameMonth.map((row) => ({ value: String(row.day), label: formats.number(row.day) }))}
          w={84}
        />
        <NativeSelect
          aria-label={t('moment.month')}
          value={chosen.month}
          onChange={(event) => choose({ month: Number(event.currentTarget.value) })}
          data={firsts(sameYear, 'month').map((row) => ({
            value: String(row.month),
            label: monthName.format(new Date(`${row.iso}T12:00`)),
          }))}
          w={130}
        />
        <NativeSelect
          aria-label={t('moment.year')}
          value={chosen.year}
          onChange={(event) => choose({ year: Number(event.currentTarget.value) })}
          data={firsts(days, 'year').map((row) => ({ value: String(row.year), label: year.format(row.year) }))}
          w={104}
        />
        <TextInput
          type="time"
          aria-label={t('moment.time')}
          value={time}
          onChange={(event) => onChange(`${chosen.iso}T${event.currentTarget.value || '09:00'}`)}
          dir="ltr"
          w={120}
        />
      </Group>
    </Input.Wrapper>
  );
}
