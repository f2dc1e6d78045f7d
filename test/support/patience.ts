/**
 * How long a test waits for something that is promised within `milliseconds`: ten times as long, since a loaded machine
 * says nothing about the product. `TEST_PATIENCE=1` holds every promise to the letter, on a quiet one.
 * Stays below the 15 s after which a poll makes up for a lost notification, for promises of up to a second.
 */
export function within(milliseconds: number): number {
  return milliseconds * Number(process.env['TEST_PATIENCE'] ?? 10);
}
