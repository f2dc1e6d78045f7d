import { Tabs } from '@mantine/core';
import { CodeBlock } from '../../../components/code-block';
import type { Snippet } from './snippets';

/** The same call for several tools. */
export function SnippetTabs({ snippets }: { readonly snippets: readonly Snippet[] }) {
  return (
    <Tabs defaultValue={snippets[0]?.name ?? ''}>
      <Tabs.List mb="sm">
        {snippets.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            <bdi dir="ltr">{name}</bdi>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ name, code }) => (
        <Tabs.Panel key={name} value={name}>
          <CodeBlock code={code} label={name} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
