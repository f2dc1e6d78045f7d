import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  readonly size?: 'md' | 'lg';
}

/** A figure under its name. */
export function Stat({ label, value, hint, size = 'md' }: StatProps) {
  return (
    <Box style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed" component="div">
        {label}
      </Text>
      <Text
        className="tabular"
        fw={size === 'lg' ? 650 : 600}
        fz={size === 'lg' ? '1.5rem' : 'md'}
        lh={1.4}
        component="div"
      >
        <bdi>{value}</bdi>
      </Text>
      {hint && (
        <Text size="xs" c="dimmed" component="div">
          {hint}
        </Text>
      )}
    </Box>
  );
}
