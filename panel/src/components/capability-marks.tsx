import { Group, Tooltip, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES, type CapabilitySupport } from '../client/types';
import { CapabilityIcon } from './capability-icon';

/** What a provider can do, as icons with names. */
export function CapabilityMarks({
  capabilities,
}: {
  readonly capabilities: Readonly<Record<string, CapabilitySupport>>;
}) {
  const { t } = useTranslation();
  const supported = CAPABILITIES.filter((capability) => capabilities[capability]?.supported);
  return (
    <Group gap={6} wrap="nowrap" c="dimmed">
      {supported.map((capability) => (
        <Tooltip key={capability} label={t(`capability.${capability}`)}>
          <span style={{ display: 'inline-flex' }}>
            <CapabilityIcon capability={capability} size={16} />
            <VisuallyHidden>{t(`capability.${capability}`)}</VisuallyHidden>
          </span>
        </Tooltip>
      ))}
    </Group>
  );
}
