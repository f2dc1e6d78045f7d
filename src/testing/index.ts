export {
  type ChatCase,
  CONTRACT_METHODS,
  type ContractCases,
  type ContractMethod,
  type ExpectedChat,
  type ImageCase,
  type ListCase,
  type RefusalCases,
  type SpeechCase,
  type StreamCase,
  type WireAnswer,
} from './contract-cases.js';
export type { ContractCheck } from './contract-check.js';
export { type ContractFramework, describeProviderContract, providerContract } from './provider-contract.js';
