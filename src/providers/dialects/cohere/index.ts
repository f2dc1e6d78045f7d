export { CohereDialect } from './cohere.dialect.js';
