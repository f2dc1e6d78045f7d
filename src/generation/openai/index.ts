import type { Type } from '@nestjs/common';
import { ChatCompletionsController } from './chat-completions.controller.js';
import { OpenAiModelsController } from './models.controller.js';

export { OpenAiErrorFilter } from './openai-error.filter.js';

/** The routes below `/v1`. */
export const GATEWAY_CONTROLLERS: readonly Type[] = [ChatCompletionsController, OpenAiModelsController];
