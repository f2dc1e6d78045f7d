/** The process's environment, for entry points; everything else is handed settings. */
export function readVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
