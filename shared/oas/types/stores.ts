import type { ComponentTypes, FieldDefinition } from './definition.ts';

const text: FieldDefinition = { kind: 'text', nullable: true };
const secret: FieldDefinition = { kind: 'text', required: true, sensitive: true };
const schema: FieldDefinition = { kind: 'schemas', required: true };
const cache: { [name: string]: FieldDefinition } = {
  llm: { kind: 'component', required: true, of: ['llm'] },
  summarization_instructions: { kind: 'text' },
  max_cache_size: { kind: 'integer', nullable: true, default: 10000, above: 0 },
  max_cache_lifetime: { kind: 'integer', nullable: true, default: 14400, above: 0 },
  datastore: { kind: 'component', nullable: true, of: ['store'] },
};

/** Data stores, their connections, and what shortens a conversation. */
export const storeTypes: ComponentTypes = {
  InMemoryCollectionDatastore: {
    group: 'store',
    parents: [],
    lowestVersion: '26.1.2',
    fields: { datastore_schema: schema },
  },
  OracleDatabaseDatastore: {
    group: 'store',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      datastore_schema: schema,
      connection_config: { kind: 'component', required: true, of: ['TlsOracleDatabaseConnectionConfig'] },
    },
  },
  PostgresDatabaseDatastore: {
    group: 'store',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      datastore_schema: schema,
      connection_config: { kind: 'component', required: true, of: ['TlsPostgresDatabaseConnectionConfig'] },
    },
  },
  TlsOracleDatabaseConnectionConfig: {
    group: 'connection',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      user: secret,
      password: secret,
      dsn: secret,
      config_dir: text,
      protocol: { kind: 'choice', default: 'tcps', choices: ['tcp', 'tcps'] },
    },
  },
  MTlsOracleDatabaseConnectionConfig: {
    group: 'connection',
    parents: ['TlsOracleDatabaseConnectionConfig'],
    lowestVersion: '26.1.2',
    fields: { wallet_location: secret, wallet_password: secret },
  },
  TlsPostgresDatabaseConnectionConfig: {
    group: 'connection',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      user: secret,
      password: secret,
      url: { kind: 'text', required: true },
      sslmode: {
        kind: 'choice',
        default: 'require',
        choices: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'],
      },
      sslcert: text,
      sslkey: { kind: 'text', nullable: true, sensitive: true },
      sslrootcert: text,
      sslcrl: text,
    },
  },
  MessageSummarizationTransform: {
    group: 'transform',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      ...cache,
      max_message_size: { kind: 'integer', default: 20000, above: 0 },
      cache_collection_name: { kind: 'text', default: 'summarized_messages_cache' },
      summarized_message_template: { kind: 'text' },
    },
  },
  ConversationSummarizationTransform: {
    group: 'transform',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      ...cache,
      max_num_messages: { kind: 'integer', nullable: true, default: 50, above: 0 },
      cache_collection_name: { kind: 'text', default: 'summarized_conversations_cache' },
      max_num_characters: { kind: 'integer', nullable: true, above: 0 },
      min_num_messages: { kind: 'integer', default: 10, above: 0 },
      summarized_conversation_template: { kind: 'text' },
    },
  },
};
