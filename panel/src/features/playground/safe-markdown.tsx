import { Anchor, Typography } from '@mantine/core';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useTranslation } from 'react-i18next';

/**
 * Markdown from a model. Raw HTML stays text, images are never loaded (their alternative text is shown), links open
 * only http and https addresses and tell them nothing of us.
 */
const components: Components = {
  a: ({ href, children }) =>
    href && /^https?:\/\//i.test(href) ? (
      <Anchor href={href} target="_blank" rel="noreferrer noopener nofollow">
        {children}
      </Anchor>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt }) => <BlockedImage alt={alt} />,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
};

export function SafeMarkdown({ text }: { readonly text: string }) {
  return (
    <Typography component="div" dir="auto" style={{ overflowWrap: 'anywhere', fontSize: 'inherit' }}>
      <Markdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </Markdown>
    </Typography>
  );
}

function BlockedImage({ alt }: { readonly alt: string | undefined }) {
  const { t } = useTranslation();
  return <span className="visible-control">{t('playground.imageBlocked', { alt: (alt ?? '').slice(0, 120) })}</span>;
}
