import { Stack } from '@mantine/core';
import { SessionList } from './session-list';
import { TwoFactorSection } from './two-factor-section';

export function SecurityPanel() {
  return (
    <Stack maw={720} gap="lg">
      <TwoFactorSection />
      <SessionList />
    </Stack>
  );
}
