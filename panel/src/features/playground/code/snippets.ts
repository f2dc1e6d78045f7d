import { addressOf } from '../../../client/transport';
import type { AudioBody, ContentBody, ImageBody, Target } from '../../../client/generation';

export interface Snippet {
  readonly name: string;
  readonly code: string;
}

const TOKEN = '$SWITCHBOARD_TOKEN';

/** The name under which `/v1` knows the target: the capability, or provider and model. */
const modelName = (target: Target, capability: string): string =>
  target.provider && target.model_id ? `${target.provider}/${target.model_id}` : capability;

// Single quotes in a shell string end it: close, escape, open again.
const quoted = (text: string): string => text.replaceAll("'", `'\\''`);
const shell = (value: unknown): string => `'${quoted(JSON.stringify(value, null, 2))}'`;

function curl(path: string, body: unknown, more = ''): string {
  return `curl ${addressOf(path)} \\\n  -H "Authorization: Bearer ${TOKEN}" \\\n  -H "Content-Type: application/json" \\\n${more}  -d ${shell(body)}`;
}

const node = (call: string): string =>
  `import OpenAI from 'openai';\n\nconst client = new OpenAI({\n  baseURL: ${JSON.stringify(addressOf('v1'))},\n  apiKey: process.env.SWITCHBOARD_TOKEN,\n});\n\n${call}\n`;

const python = (call: string): string =>
  `import os\nfrom openai import OpenAI\n\nclient = OpenAI(\n    base_url=${JSON.stringify(addressOf('v1'))},\n    api_key=os.environ["SWITCHBOARD_TOKEN"],\n)\n\n${call}\n`;

export function chatSnippets(target: Target, message: string, system: string): readonly Snippet[] {
  const messages = [...(system ? [{ role: 'system', content: system }] : []), { role: 'user', content: message }];
  const model = modelName(target, 'chat');
  return [
    { name: 'curl', code: curl('v1/chat/completions', { model, messages, stream: true }, '  -N \\\n') },
    {
      name: 'Node (openai)',
      code: node(
        `const stream = await client.chat.completions.create({\n  model: ${JSON.stringify(model)},\n  messages: ${JSON.stringify(messages)},\n  stream: true,\n});\nfor await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');`,
      ),
    },
    {
      name: 'Python (openai)',
      code: python(
        `stream = client.chat.completions.create(\n    model=${JSON.stringify(model)},\n    messages=${JSON.stringify(messages)},\n    stream=True,\n)\nfor chunk in stream:\n    if chunk.choices:\n        print(chunk.choices[0].delta.content or "", end="")`,
      ),
    },
    {
      name: 'Admin API',
      code: curl('api/admin/ai/chat/send', { message, ...(system ? { system_message: system } : {}), ...target }),
    },
  ];
}

export function embeddingSnippets(target: Target): readonly Snippet[] {
  const call = { model: modelName(target, 'embedding'), input: ['red apples', 'green pears'] };
  return [
    { name: 'curl', code: curl('v1/embeddings', call) },
    {
      name: 'Node (openai)',
      code: node(
        `const { data } = await client.embeddings.create(${JSON.stringify(call, null, 2)});\nconsole.log(data[0].embedding.length);`,
      ),
    },
    {
      name: 'Python (openai)',
      code: python(
        `answer = client.embeddings.create(\n    model=${JSON.stringify(call.model)},\n    input=${JSON.stringify(call.input)},\n)\nprint(len(answer.data[0].embedding))`,
      ),
    },
  ];
}

export function transcriptionSnippets(target: Target): readonly Snippet[] {
  const model = modelName(target, 'transcription');
  return [
    {
      name: 'curl',
      code: `curl ${addressOf('v1/audio/transcriptions')} \\\n  -H "Authorization: Bearer ${TOKEN}" \\\n  -F 'model=${quoted(model)}' \\\n  -F 'file=@recording.mp3'`,
    },
    {
      name: 'Node (openai)',
      code: node(
        `const { text } = await client.audio.transcriptions.create({\n  model: ${JSON.stringify(model)},\n  file: fs.createReadStream('recording.mp3'),\n});\nconsole.log(text);`,
      ).replace("import OpenAI from 'openai';", "import fs from 'node:fs';\nimport OpenAI from 'openai';"),
    },
    {
      name: 'Python (openai)',
      code: python(
        `answer = client.audio.transcriptions.create(\n    model=${JSON.stringify(model)},\n    file=open("recording.mp3", "rb"),\n)\nprint(answer.text)`,
      ),
    },
  ];
}

export function contentSnippets(body: ContentBody): readonly Snippet[] {
  return [{ name: 'curl', code: curl('api/admin/ai/content/generate', body) }];
}

export function imageSnippets(body: ImageBody): readonly Snippet[] {
  const call = {
    model: modelName(body, 'image'),
    prompt: body.prompt,
    ...(body.size ? { size: body.size } : {}),
    ...(body.n ? { n: body.n } : {}),
  };
  return [
    { name: 'curl', code: curl('v1/images/generations', call) },
    {
      name: 'Node (openai)',
      code: node(`const image = await client.images.generate(${JSON.stringify(call, null, 2)});`),
    },
    { name: 'Admin API', code: curl('api/admin/ai/image/generate', body) },
  ];
}

export function audioSnippets(body: AudioBody): readonly Snippet[] {
  const call = {
    model: modelName(body, 'audio'),
    input: body.text,
    voice: body.voice ?? 'alloy',
    ...(body.format ? { response_format: body.format } : {}),
  };
  return [
    { name: 'curl', code: curl('v1/audio/speech', call, '  -o speech.audio \\\n') },
    {
      name: 'Node (openai)',
      code: node(
        `const speech = await client.audio.speech.create(${JSON.stringify(call, null, 2)});\nconst bytes = Buffer.from(await speech.arrayBuffer());`,
      ),
    },
    { name: 'Admin API', code: curl('api/admin/ai/audio/generate', body) },
  ];
}
