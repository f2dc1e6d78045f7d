import { SwitchboardError } from '../../core/errors/index.js';

const ROW_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can name a row at all; the database refuses what cannot. */
export const isRowId = (text: string) => ROW_ID.test(text);

export const noSuchSelection = () => new SwitchboardError('not_found', 'There is no such selection.');
