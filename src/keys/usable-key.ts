/** A credential ready to send, and where it came from. */
export interface UsableKey {
  readonly secret: string | null;
  readonly source: 'personal' | 'shared' | 'environment' | 'none';
  /** Of the stored key; absent for the environment's and where none is needed. */
  readonly id?: string;
}
