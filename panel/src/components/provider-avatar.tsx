import classes from './provider-avatar.module.css';

interface ProviderAvatarProps {
  readonly slug: string;
  readonly name: string;
  readonly size?: number;
}

/** Initials on a tint made from the slug: no picture is ever loaded from elsewhere. */
export function ProviderAvatar({ slug, name, size = 36 }: ProviderAvatarProps) {
  return (
    <span
      className={classes.avatar}
      style={{ '--hue': hueOf(slug), width: size, height: size, fontSize: size * 0.36 } as React.CSSProperties}
      aria-hidden
    >
      {initialsOf(name || slug)}
    </span>
  );
}

function hueOf(slug: string): number {
  let hash = 7;
  for (const letter of slug) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}

function initialsOf(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N} ]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0] ?? '?';
  const capitals = first.match(/\p{Lu}/gu);
  const second = words[1]?.[0] ?? (capitals && capitals.length > 1 ? capitals[1] : [...first][1]) ?? '';
  return ([...first][0] ?? '?').toUpperCase() + second;
}
