import type { ContractMethod } from './contract-cases.js';

/** One thing that a strategy has to do right. `run` throws an `AssertionError` when it does not. */
export interface ContractCheck {
  readonly method: ContractMethod | 'validateKey';
  /** A sentence about behaviour. */
  readonly name: string;
  readonly run: () => Promise<void>;
}
