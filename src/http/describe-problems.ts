import type { SwaggerTransformObject } from '@fastify/swagger';
import { z } from 'zod';
import { problem } from './schemas/workspace-answers.ts';

/** Says in OpenAPI what every operation answers when it does not do what was asked. */
export const describeProblems: SwaggerTransformObject = (source) => {
  if (!('openapiObject' in source)) return source.swaggerObject;
  const { openapiObject } = source;
  const { $schema: _dialect, ...schema } = z.toJSONSchema(problem);
  const answer = {
    description: 'What went wrong, to what, and what to do next',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const paths = Object.entries(openapiObject.paths ?? {}).map(([path, item]) => {
    const described = { ...item };
    for (const method of METHODS) {
      const operation = described[method];
      if (operation) described[method] = { ...operation, responses: { ...operation.responses, default: answer } };
    }
    return [path, described];
  });
  return {
    ...openapiObject,
    paths: Object.fromEntries(paths),
    components: { ...openapiObject.components, schemas: { ...openapiObject.components?.schemas, Problem: schema } },
  };
};

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
