import type { ReactNode } from 'react';
import classes from './tag.module.css';
import { plainString } from '../text/neutralise';

export type Tone = 'neutral' | 'positive' | 'accent' | 'caution' | 'negative' | 'info';

interface TagProps {
  readonly tone?: Tone;
  readonly dot?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A short state in a pill. Tone is never the only carrier: the text says it too. */
export function Tag({ tone = 'neutral', dot = false, title, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone} title={title === undefined ? undefined : plainString(title, 400)}>
      {dot && <span className={classes.dot} aria-hidden />}
      {children}
    </span>
  );
}
