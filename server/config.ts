import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languages } from '@rondo/shared/words/inLanguage.ts';
import type { S3Options } from './blobs/s3Place.ts';
import { type LogLevels, readLogLevels } from './logLevels.ts';

/** How the server is told to run; all of it comes from environment variables. */
export interface Config {
  host: string;
  port: number;
  /** folder of the embedded database and the installation's key */
  data: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  secretKey: string | undefined;
  /** public address, without a slash at the end */
  url: string;
  /** a public address was given: something in front of us passes calls on */
  behindProxy: boolean;
  owner: { name: string; email: string; password: string } | undefined;
  workspace: string | undefined;
  /** of the owner and the samples of an unattended installation */
  language: Language | undefined;
  logLevels: LogLevels;
  /** where files and large values go; undefined = into the database */
  s3: S3Options | undefined;
  /** most bytes of a file */
  fileLimit: number;
  allowPrivate: boolean;
  /** seconds that runs under way get when the process is told to stop */
  graceSeconds: number;
  /** where e-mail goes out; undefined = nowhere */
  mail: { smtpUrl: string; from: string } | undefined;
  /** how long a message to people gathers before it goes out by e-mail or webhook, in seconds */
  notifySeconds: number;
  /** undefined: no traces are sent; `values`: with inputs, outputs and messages */
  traces: { values: boolean } | undefined;
  /** undefined: there is no `/metrics` */
  metrics: 'open' | { token: string } | undefined;
  /** where a worker serves its `/metrics`; undefined: nowhere */
  metricsPort: number | undefined;
  /** `practice` = every model is replaced by the practice model */
  model: string | undefined;
  /** the checkout or the installed package: where `flows/`, `prisma/` and the client are */
  root: string;
}

/** A setting that cannot be used; the message says which and what is wanted. */
export class ConfigError extends Error {}

/** The folder that holds `server/`; from the sources and from the bundle in `server/dist` alike. */
export function productRoot(from: string = import.meta.url): string {
  const folder = dirname(fileURLToPath(from));
  const inBundle = /[\\/]server[\\/]dist([\\/]|$)/.exec(folder);
  return inBundle ? folder.slice(0, inBundle.index) : dirname(folder);
}

/** @throws {ConfigError} */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const root = productRoot();
  const host = given(env, 'RONDO_HOST') ?? '127.0.0.1';
  const port = wholeNumber(given(env, 'RONDO_PORT') ?? '4310', 'RONDO_PORT');
  const model = given(env, 'RONDO_MODEL');
  if (model !== undefined && model !== 'practice') throw new ConfigError('RONDO_MODEL can only be “practice”.');
  return {
    host,
    port,
    data: resolve(given(env, 'RONDO_DATA') ?? join(root, '.rondo')),
    databaseUrl: address(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    redisUrl: address(env, 'REDIS_URL', ['redis:', 'rediss:']),
    secretKey: given(env, 'RONDO_SECRET_KEY'),
    url: (address(env, 'RONDO_URL', ['http:', 'https:']) ?? `http://${shownHost(host)}:${port}`).replace(/\/+$/, ''),
    behindProxy: given(env, 'RONDO_URL') !== undefined,
    owner: ownerOf(env),
    workspace: given(env, 'RONDO_WORKSPACE'),
    language: languageOf(env),
    logLevels: logLevelsOf(env),
    s3: s3Of(env),
    fileLimit: megabytes(given(env, 'RONDO_FILE_LIMIT_MB') ?? '100', 'RONDO_FILE_LIMIT_MB'),
    allowPrivate: isOn(env, 'RONDO_ALLOW_PRIVATE'),
    graceSeconds: seconds(given(env, 'RONDO_GRACE_SECONDS') ?? '5', 'RONDO_GRACE_SECONDS'),
    mail: mailOf(env),
    notifySeconds: seconds(given(env, 'RONDO_NOTIFY_SECONDS') ?? '60', 'RONDO_NOTIFY_SECONDS'),
    traces: tracesOf(env),
    metrics: metricsOf(env),
    metricsPort: metricsPortOf(env),
    model,
    root,
  };
}

function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

function wholeNumber(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new ConfigError(`${name} is a port from 0 to 65535; “${text}” is not.`);
  return number;
}

function megabytes(text: string, name: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 1_000_000))
    throw new ConfigError(`${name} is a number of megabytes; “${text}” is not.`);
  return Math.floor(number * 1024 * 1024);
}

function s3Of(env: NodeJS.ProcessEnv): S3Options | undefined {
  const bucket = given(env, 'RONDO_S3_BUCKET');
  if (bucket === undefined) return undefined;
  const endpoint = address(env, 'RONDO_S3_ENDPOINT', ['http:', 'https:']);
  const accessKeyId = given(env, 'RONDO_S3_ACCESS_KEY_ID');
  const secretAccessKey = given(env, 'RONDO_S3_SECRET_ACCESS_KEY');
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new ConfigError(
      'RONDO_S3_ACCESS_KEY_ID and RONDO_S3_SECRET_ACCESS_KEY belong together: set both or neither.',
    );
  return {
    bucket,
    region: given(env, 'RONDO_S3_REGION') ?? 'us-east-1',
    prefix: given(env, 'RONDO_S3_PREFIX') ?? '',
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKeyId !== undefined && secretAccessKey !== undefined && { accessKeyId, secretAccessKey }),
  };
}

function seconds(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0 || number > 3600)
    throw new ConfigError(`${name} is a number of seconds from 0 to 3600; “${text}” is not.`);
  return number;
}

function mailOf(env: NodeJS.ProcessEnv): Config['mail'] {
  const smtpUrl = address(env, 'RONDO_SMTP_URL', ['smtp:', 'smtps:']);
  const from = given(env, 'RONDO_MAIL_FROM');
  if (smtpUrl === undefined) return undefined;
  if (from === undefined || !from.includes('@'))
    throw new ConfigError(
      'RONDO_MAIL_FROM names who writes, like “Rondo <rondo@example.com>”; RONDO_SMTP_URL needs it.',
    );
  return { smtpUrl, from };
}

function logLevelsOf(env: NodeJS.ProcessEnv): LogLevels {
  try {
    return readLogLevels(given(env, 'RONDO_LOG_LEVEL') ?? 'warn');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`RONDO_LOG_LEVEL is a level, like “info” or “info,work=debug”: ${why}`);
  }
}

/** The variables of OpenTelemetry say where traces go; its exporter reads them itself. */
function tracesOf(env: NodeJS.ProcessEnv): Config['traces'] {
  const wanted =
    isOn(env, 'RONDO_OTEL') ||
    given(env, 'OTEL_EXPORTER_OTLP_ENDPOINT') !== undefined ||
    given(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== undefined;
  return wanted ? { values: isOn(env, 'RONDO_OTEL_VALUES') } : undefined;
}

function isOn(env: NodeJS.ProcessEnv, name: string): boolean {
  return ['1', 'true', 'yes'].includes(given(env, name) ?? '');
}

function metricsOf(env: NodeJS.ProcessEnv): Config['metrics'] {
  const token = given(env, 'RONDO_METRICS_TOKEN');
  if (token !== undefined) return { token };
  return isOn(env, 'RONDO_METRICS') ? 'open' : undefined;
}

/** A port alone opens nothing: who may read is said by the other two variables. */
function metricsPortOf(env: NodeJS.ProcessEnv): number | undefined {
  const text = given(env, 'RONDO_METRICS_PORT');
  return text === undefined ? undefined : wholeNumber(text, 'RONDO_METRICS_PORT');
}

function address(env: NodeJS.ProcessEnv, name: string, schemes: string[]): string | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol))
    throw new ConfigError(`${name} must be an address that begins with ${schemes.map((s) => `${s}//`).join(' or ')}.`);
  return text;
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function languageOf(env: NodeJS.ProcessEnv): Language | undefined {
  const name = given(env, 'RONDO_LANGUAGE');
  const language = languages.find((one) => one === name);
  if (name !== undefined && language === undefined)
    throw new ConfigError(`RONDO_LANGUAGE is one of ${languages.join(', ')}.`);
  return language;
}

function ownerOf(env: NodeJS.ProcessEnv): Config['owner'] {
  const email = given(env, 'RONDO_OWNER_EMAIL');
  const password = env.RONDO_OWNER_PASSWORD;
  if (email === undefined && !password) return undefined;
  if (email === undefined || !password)
    throw new ConfigError('RONDO_OWNER_EMAIL and RONDO_OWNER_PASSWORD belong together: set both or neither.');
  return { name: given(env, 'RONDO_OWNER_NAME') ?? email.split('@')[0] ?? 'Owner', email, password };
}
