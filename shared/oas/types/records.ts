import type { FieldDefinition, RecordType } from './definition.ts';

const text: FieldDefinition = { kind: 'text', nullable: true };

/** The objects inside components that have fields of their own, by the names that the specification gives them. */
export const recordTypes: { readonly [name: string]: RecordType } = {
  RetryPolicy: {
    closed: true,
    fields: {
      max_attempts: { kind: 'integer', default: 2, least: 0 },
      request_timeout: { kind: 'number', nullable: true, above: 0 },
      initial_retry_delay: { kind: 'number', default: 1, least: 0 },
      max_retry_delay: { kind: 'number', default: 8, least: 0 },
      backoff_factor: { kind: 'number', default: 2, above: 0 },
      jitter: {
        kind: 'choice',
        nullable: true,
        default: 'full_and_equal_for_throttle',
        choices: ['equal', 'full', 'full_and_equal_for_throttle', 'decorrelated'],
      },
      service_error_retry_on_any_5xx: { kind: 'boolean', default: true },
      recoverable_statuses: { kind: 'object', default: { '409': [], '429': [] }, values: 'texts' },
    },
  },
  LlmGenerationConfig: {
    fields: {
      max_tokens: { kind: 'integer', nullable: true },
      temperature: { kind: 'number', nullable: true },
      top_p: { kind: 'number', nullable: true },
    },
  },
  SessionParameters: { fields: { read_timeout_seconds: { kind: 'number', default: 60 } } },
  A2ASessionParameters: {
    fields: {
      timeout: { kind: 'number', default: 60 },
      poll_interval: { kind: 'number', default: 2 },
      max_retries: { kind: 'integer', default: 5 },
    },
  },
  OAuthEndpoints: {
    fields: {
      authorization_endpoint: { kind: 'text', required: true },
      token_endpoint: { kind: 'text', required: true },
      refresh_endpoint: text,
      revocation_endpoint: text,
      userinfo_endpoint: text,
    },
  },
  PKCEPolicy: {
    fields: {
      required: { kind: 'boolean', default: true },
      method: { kind: 'choice', default: 'S256', choices: ['plain', 'S256'] },
    },
  },
};
