import type { Type } from '@nestjs/common';
import { ChatCompletionsController } from './chat-completions.controller.js';
import { EmbeddingsController } from './embeddings.controller.js';
import { ImagesController } from './images.controller.js';
import { OpenAiModelsController } from './models.controller.js';
import { ResponsesController } from './responses.controller.js';
import { SpeechController } from './speech.controller.js';
import { TranscriptionsController } from './transcriptions.controller.js';

export { OpenAiErrorFilter } from './openai-error.filter.js';

/** The routes below `/v1`. */
export const GATEWAY_CONTROLLERS: readonly Type[] = [
  ChatCompletionsController,
  ResponsesController,
  ImagesController,
  SpeechController,
  EmbeddingsController,
  TranscriptionsController,
  OpenAiModelsController,
];
