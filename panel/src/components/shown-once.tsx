import { Alert, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyButton } from './copy-button';
import { Identifier } from './identifier';

interface ShownOnceProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
}

/** A secret that the server says once. */
export function ShownOnce({ label, value, hint }: ShownOnceProps) {
  return (
    <Alert color="pine" icon={<IconKey size={18} />} title={label}>
      <Group gap="xs" wrap="nowrap" c="var(--ink)">
        <Identifier value={value} limit={400} />
        <CopyButton value={value} />
      </Group>
      <Text size="xs" mt={6} c="var(--ink)">
        {hint}
      </Text>
    </Alert>
  );
}
