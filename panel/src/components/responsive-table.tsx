import { Table } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import classes from './responsive-table.module.css';

interface Column {
  readonly label: string;
  readonly numeric?: boolean;
  /** Share of the width; as soon as one column has it, the columns keep to theirs. */
  readonly width?: string;
}

interface ResponsiveTableProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
  readonly minWidth?: number;
}

/**
 * A plain table. Between a tablet and a desk it scrolls inside its card, where the scroll area takes focus; on a phone
 * each row becomes a small card whose values carry the names of their columns, so that nothing is out of sight.
 */
export function ResponsiveTable({ label, columns, children, minWidth = 640 }: ResponsiveTableProps) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      type="native"
      tabIndex={0}
      role="region"
      aria-label={label}
      className={classes.scroller ?? ''}
    >
      <Table
        role="table"
        verticalSpacing="sm"
        horizontalSpacing="sm"
        className={`tabular ${classes.table ?? ''}`}
        layout={columns.some((column) => column.width) ? 'fixed' : 'auto'}
        aria-label={label}
        data-actions={columns.at(-1)?.label === '' || undefined}
        style={namesOf(columns)}
      >
        <Table.Thead role="rowgroup">
          <Table.Tr>
            {columns.map((column, index) => (
              <Table.Th
                key={index}
                role="columnheader"
                {...(column.width ? { w: column.width } : {})}
                c="dimmed"
                fz="xs"
                fw={550}
                ta={column.numeric ? 'end' : 'start'}
              >
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The names of the columns for the style sheet, which writes them before the values. */
const namesOf = (columns: readonly Column[]): CSSProperties =>
  Object.fromEntries(columns.map(({ label }, index) => [`--name-${index + 1}`, JSON.stringify(label)]));
