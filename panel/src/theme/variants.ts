import { defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

const SOFT: Readonly<Record<string, readonly [background: string, text: string]>> = {
  pine: ['var(--accent-soft)', 'var(--accent)'],
  amber: ['var(--caution-soft)', 'var(--caution)'],
  brick: ['var(--negative-soft)', 'var(--negative)'],
};

/** Soft fills from the panel's own tokens, whose contrast was chosen for both schemes. */
export const variantColors: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const soft = SOFT[input.color ?? input.theme.primaryColor];
  if (input.variant !== 'light' || soft === undefined) return resolved;
  const [background, color] = soft;
  return { ...resolved, background, color, hover: `color-mix(in oklab, ${background} 88%, ${color})` };
};
