import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AdminController, type HttpReply, type HttpRequest } from '../../core/http/index.js';
import { type Admin, CurrentAdmin, RequiresScope } from '../../core/identity/index.js';
import { contextOf } from '../generation-context.js';
import { ApiGenerationProblems } from '../generation-problems.js';
import { ReplyWriter } from '../reply-writer.js';
import { parseSize } from './image-size.js';
import { GenerateImageBody } from './image.dto.js';
import { type ImageInput, ImageService } from './image.service.js';
import { ImagesView, toImagesView } from './image.view.js';

/** Pictures through whatever model makes them. */
@AdminController('ai', 'Generation')
export class ImageController {
  constructor(
    private readonly images: ImageService,
    private readonly replies: ReplyWriter,
  ) {}

  @Post('image/generate')
  @HttpCode(200)
  @RequiresScope('generate')
  @ApiOperation({
    summary: 'Make pictures',
    description: 'A size that the model cannot make is made at the nearest one and resized. Never asked for twice.',
  })
  @ApiOkResponse({ type: ImagesView })
  @ApiGenerationProblems()
  async generate(
    @Body() body: GenerateImageBody,
    @CurrentAdmin() admin: Admin,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const context = contextOf(body, admin, request, reply);
    const answer = await this.images.generate(toInput(body), context);
    const isSaving = body.save_to_media === true;
    const images = isSaving
      ? await Promise.all(answer.images.map((image) => this.images.save(image, admin.id)))
      : answer.images;
    this.replies.json(
      reply,
      toImagesView(answer, images, isSaving, context.requestId),
      context.requestId,
      answer.target,
    );
  }
}

function toInput({ prompt, size, quality, n }: GenerateImageBody): ImageInput {
  return {
    prompt,
    ...(size === undefined ? {} : { size: parseSize(size) }),
    ...(quality === undefined ? {} : { quality }),
    ...(n === undefined ? {} : { count: n }),
  };
}
