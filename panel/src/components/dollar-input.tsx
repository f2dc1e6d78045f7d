import { TextInput, type TextInputProps } from '@mantine/core';

/** An amount of US dollars, as a decimal string. */
export function DollarInput(props: TextInputProps) {
  return <TextInput inputMode="decimal" dir="ltr" leftSection="$" {...props} />;
}
