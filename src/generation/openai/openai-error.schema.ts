import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';

class OpenAiErrorSchema {
  @ApiProperty({ description: 'What is wrong and how to mend it.' }) message!: string;
  @ApiProperty({ example: 'invalid_request_error' }) type!: string;
  @ApiProperty({ type: String, nullable: true }) param!: string | null;
  @ApiProperty({ example: 'model_not_found' }) code!: string;
}

/** Swagger's picture of an error below `/v1`. */
export class OpenAiErrorBodySchema {
  @ApiProperty({ type: OpenAiErrorSchema }) error!: OpenAiErrorSchema;
}

const STATUSES: Readonly<Record<number, string>> = {
  400: '`validation_failed`, `upstream_rejected`',
  401: '`invalid_api_key`',
  403: '`forbidden`, `model_access_denied`, `shared_api_not_allowed`',
  404: '`model_not_found`',
  409: '`provider_inactive`, `no_api_key_available`',
  413: '`payload_too_large`',
  422: '`operation_not_supported`, `model_no_capability`, `price_unknown`',
  429: '`rate_limit_exceeded`, `insufficient_quota`',
  502: '`upstream_unavailable`, `upstream_auth_failed`, `upstream_bad_response`, `upstream_redirect`',
  503: '`service_unavailable`',
  504: '`upstream_timeout`',
};

/** Documents the errors every route below `/v1` may answer. */
export function ApiOpenAiErrors(): MethodDecorator {
  const schema = { $ref: getSchemaPath(OpenAiErrorBodySchema) };
  return applyDecorators(
    ApiExtraModels(OpenAiErrorBodySchema),
    ...Object.entries(STATUSES).map(([status, description]) =>
      ApiResponse({ status: Number(status), description, content: { 'application/json': { schema } } }),
    ),
  );
}
