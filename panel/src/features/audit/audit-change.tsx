import { Text } from '@mantine/core';
import { Identifier } from '../../components/identifier';

const SHOWN = 6;

/** The fields that differ, old crossed out. Secrets are never in there: the server leaves them out. */
export function AuditChange({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const old = recordOf(before);
  const now = recordOf(after);
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => write(old[field]) !== write(now[field]),
  );
  if (fields.length === 0) return <span>–</span>;
  return (
    <div>
      {fields.slice(0, SHOWN).map((field) => (
        <Text key={field} size="xs" component="div" dir="ltr" w="fit-content" ta="left">
          <Identifier value={field} limit={40} />
          {': '}
          {field in old && (
            <>
              <s>
                <Identifier value={write(old[field])} limit={60} />
              </s>{' '}
            </>
          )}
          {field in now && <Identifier value={write(now[field])} limit={60} />}
        </Text>
      ))}
      {fields.length > SHOWN && '…'}
    </div>
  );
}

const write = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
