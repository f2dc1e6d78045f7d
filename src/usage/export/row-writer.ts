import { once } from 'node:events';
import { type HttpReply, takeOver } from '../../core/http/index.js';
import { csvLine, flatCells } from './csv.js';

export type ExportFormat = 'csv' | 'json';

/** Sends rows as they come, as a file to keep: nothing is gathered in memory, and a slow reader slows the reading. */
export async function writeRows(
  reply: HttpReply,
  rows: AsyncIterable<object>,
  columns: readonly string[],
  { format, name }: { readonly format: ExportFormat; readonly name: string },
): Promise<void> {
  const response = takeOver(reply);
  response.writeHead(200, {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.${format}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const send = async (text: string) => {
    if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  };
  try {
    await send(format === 'csv' ? csvLine(columns) : '[');
    let isFirst = true;
    for await (const row of rows) {
      if (response.destroyed) return;
      const cells = new Map(flatCells(row));
      const line = () => csvLine(columns.map((column) => cells.get(column) ?? null));
      await send(format === 'csv' ? line() : `${isFirst ? '' : ',\n'}${JSON.stringify(row)}`);
      isFirst = false;
    }
    response.end(format === 'csv' ? '' : ']\n');
  } catch {
    response.destroy(); // the status line is gone; a file cut short must not look whole
  }
}
