import { defineConfig } from '@hey-api/openapi-ts';

/** The client of the panel, made from the document that the server serves. Not in git: every build makes it anew. */
export default defineConfig({
  input: '../openapi.json',
  // Not checked: the generated helpers do not compile under exactOptionalPropertyTypes. Their types still hold for callers.
  output: { path: 'src/api', clean: true, header: ['// @ts-nocheck', '// Made by openapi-ts from openapi.json.'] },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true },
    { name: '@hey-api/typescript', enums: false },
    { name: '@hey-api/sdk', responseStyle: 'data' },
  ],
  logs: { level: 'warn' },
});
