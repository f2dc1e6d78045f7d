/** One thing wrong with a providers file. Line and column count from 1; `field` is the JSON path, '' for the whole. */
export interface ProviderFileProblem {
  readonly line: number;
  readonly column: number;
  readonly field: string;
  readonly message: string;
}

const MOST_SHOWN = 20;

/** A providers file that cannot be used. Nothing of it was taken; `message` can be printed as it is. */
export class ProviderFileError extends Error {
  constructor(readonly problems: readonly ProviderFileProblem[]) {
    const shown = problems.slice(0, MOST_SHOWN).map(({ line, column, field, message }) => {
      return `  line ${line}, column ${column}${field === '' ? '' : `, ${field}`}: ${message}`;
    });
    const rest = problems.length - shown.length;
    super(
      [
        `The providers file has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}; nothing was imported.`,
        ...shown,
        ...(rest > 0 ? [`  … and ${rest} more`] : []),
      ].join('\n'),
    );
    this.name = 'ProviderFileError';
  }
}
