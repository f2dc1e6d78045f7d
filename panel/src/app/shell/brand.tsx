import { Group, Text } from '@mantine/core';

/** Mark and name. */
export function Brand() {
  return (
    <Group gap={10} wrap="nowrap" dir="ltr">
      <svg viewBox="0 0 32 32" width={28} height={28} aria-hidden>
        <rect width="32" height="32" rx="8" fill="#176853" />
        <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
          <path d="M8.5 10.5h4.2c3.6 0 3 11 6.6 11h4.2" />
          <path d="M8.5 21.5h4.2" opacity=".5" />
          <path d="M19.3 10.5h4.2" opacity=".5" />
        </g>
      </svg>
      <Text fw={650} fz="md" component="span" style={{ whiteSpace: 'nowrap' }}>
        AI Switchboard
      </Text>
    </Group>
  );
}
