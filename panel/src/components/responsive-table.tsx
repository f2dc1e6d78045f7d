import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
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

/** A plain table that scrolls inside its card on narrow screens; the scroll area takes focus. */
export function ResponsiveTable({ label, columns, children, minWidth = 640 }: ResponsiveTableProps) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table
        verticalSpacing="sm"
        horizontalSpacing="sm"
        className={`tabular ${classes.table ?? ''}`}
        layout={columns.some((column) => column.width) ? 'fixed' : 'auto'}
        aria-label={label}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column, index) => (
              <Table.Th
                key={index}
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
