import type { WireObject } from '../wire-json.js';

/** Bodies of generateContent as the REST reference names them; the SDK's own types lack the newer fields. */
export interface GeminiPart {
  readonly text?: string;
  readonly inlineData?: { readonly mimeType: string; readonly data: string };
  readonly functionCall?: { readonly name: string; readonly args: WireObject; readonly id?: string };
  readonly functionResponse?: { readonly name: string; readonly response: WireObject; readonly id?: string };
  readonly thoughtSignature?: string;
}

export interface GeminiContent {
  readonly role: 'user' | 'model';
  readonly parts: GeminiPart[];
}

export interface GeminiRequest {
  readonly contents: readonly GeminiContent[];
  readonly systemInstruction?: { readonly role: 'system'; readonly parts: readonly GeminiPart[] };
  readonly tools?: readonly { readonly functionDeclarations: readonly WireObject[] }[];
  readonly toolConfig?: WireObject;
  readonly generationConfig: WireObject;
}
