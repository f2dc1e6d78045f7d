import { IconArticle, IconMessage2, IconMicrophone, IconPhoto, IconVector, IconVolume } from '@tabler/icons-react';
import type { Capability } from '../client/types';

const ICONS = {
  chat: IconMessage2,
  content: IconArticle,
  image: IconPhoto,
  audio: IconVolume,
  embedding: IconVector,
  transcription: IconMicrophone,
} as const satisfies Record<Capability, unknown>;

export function CapabilityIcon({ capability, size = 18 }: { readonly capability: Capability; readonly size?: number }) {
  const Icon = ICONS[capability];
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
