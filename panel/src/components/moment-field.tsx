import { TextInput } from '@mantine/core';
import { usePreferences } from '../app/preferences-provider';
import { JalaliMomentField } from './jalali-moment-field';

export interface MomentFieldProps {
  readonly label: string;
  /** `YYYY-MM-DDTHH:mm` where the browser is, as a field of type `datetime-local` has it. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A moment to come: the browser's own field, in Persian one that shows the Persian calendar. */
export function MomentField(props: MomentFieldProps) {
  const { language } = usePreferences();
  if (language === 'fa') return <JalaliMomentField {...props} />;
  return (
    <TextInput
      type="datetime-local"
      label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      maw={280}
      dir="ltr"
    />
  );
}
