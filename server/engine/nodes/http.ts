import { asText } from '@rondo/shared/oas/casts.ts';
import { isObject, type Json, type JsonObject, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import { said } from '@rondo/shared/words/said.ts';
import { type CallContext, type HttpAnswer, type HttpBody, type HttpRequest, StepError } from '../ports.ts';
import { withSensitive } from '../resolve.ts';
import { isRecoverable, retryPolicyOf } from '../retry.ts';
import type { NodeCode, RetryPolicy, Step } from '../step.ts';
import { renderIn } from '../values/templates.ts';
import { castTo } from '../values/values.ts';
import { fileBody, fileOutput, filesOf } from './files.ts';

/** ApiNode: calls a web service. */
export const api: NodeCode = async (step) => ({
  outputs: await callRemote(step, step.node.component, step.node.outputs),
});

/** The call of an ApiNode or a RemoteTool: the fields are the same. @throws {StepError} */
export async function callRemote(step: Step, component: JsonObject, outputs: readonly Property[]): Promise<JsonObject> {
  const policy = retryPolicyOf(step.tree, component);
  const request = await requestOf(step, component, policy);
  const file = fileOutput(outputs);
  if (file) request.receive = (content) => filesOf(step.ports, step.node.name).save(content);
  const answer = await step.outside((context) => callOnce(step, component, request, policy, context), policy);
  const body = file ? { [titleOf(file)]: answer.body } : answer.body;
  return outputsOf(outputs, body, step.node.name, file === undefined);
}

async function requestOf(step: Step, component: JsonObject, policy: RetryPolicy | undefined): Promise<HttpRequest> {
  const part = async (field: string): Promise<Json | undefined> => {
    const value = own(component, field);
    return value === undefined || value === null ? undefined : renderIn(value, step);
  };
  const data = await part('data');
  const headers = texts(await part('headers'));
  const body = data === undefined || isEmpty(data) ? undefined : await bodyOf(step, data, headers);
  const allow = own(component, 'url_allow_list');
  return {
    method: asText((await part('http_method')) ?? 'GET').toUpperCase(),
    url: asText((await part('url')) ?? ''),
    headers,
    query: texts(await part('query_params')),
    ...(body && { body }),
    allowList: Array.isArray(allow) ? allow.map(asText) : null,
    ...(policy?.requestTimeout !== undefined && { timeoutSeconds: policy.requestTimeout }),
  };
}

/**
 * A file is streamed. A record goes as JSON, or as a form where the content type says so. A text that is JSON goes as JSON, unless a
 * content type says what it is; any other text as it stands.
 */
async function bodyOf(step: Step, data: Json, headers: Record<string, string>): Promise<HttpBody> {
  const file = await fileBody(data, step.ports, step.node.name);
  if (file) return file;
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (isObject(data) && type?.includes('x-www-form-urlencoded'))
    return { kind: 'text', value: new URLSearchParams(texts(data)).toString() };
  if (typeof data !== 'string') return { kind: 'json', value: data };
  const json = type === undefined ? jsonIn(data) : undefined;
  return json === undefined ? { kind: 'text', value: data } : { kind: 'json', value: json };
}

function jsonIn(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isEmpty(data: Json): boolean {
  return isObject(data) && Object.keys(data).length === 0;
}

function texts(value: Json | undefined): Record<string, string> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)])) : {};
}

async function callOnce(
  step: Step,
  component: JsonObject,
  request: HttpRequest,
  policy: RetryPolicy | undefined,
  context: CallContext,
): Promise<HttpAnswer> {
  const filled = await withSensitive(step.tree, component, step.ports, step.keepSecret);
  const secret = texts(ownObject(filled ?? {}, 'sensitive_headers'));
  const answer = await step.ports.http.call({ ...request, headers: { ...request.headers, ...secret } }, context);
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new StepError(
    'HTTP_STATUS',
    said('failure.status', {
      method: request.method,
      address: placeOf(request.url),
      status: answer.status,
      reason: reason(answer.body),
    }),
    {
      retryable: isRecoverable(policy, answer.status),
      details: { status: answer.status },
    },
  );
}

/** Address without its query, which may hold what should not be shown. */
function placeOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}

function reason(body: Json): string {
  if (!isObject(body)) return '';
  const told = ownText(body, 'message') ?? ownText(body, 'error');
  return told === undefined ? '' : ` (“${told.slice(0, 200)}”)`;
}

/** One output named `response` is the whole body; else each output is the JSON body's key of its name. */
function outputsOf(outputs: readonly Property[], body: Json, name: string, mayBeWhole: boolean): JsonObject {
  const whole = mayBeWhole && outputs.length === 1 && outputs[0] !== undefined && titleOf(outputs[0]) === 'response';
  const values: JsonObject = {};
  for (const output of outputs) {
    const title = titleOf(output);
    const named = isObject(body) ? own(body, title) : undefined;
    const value = whole ? body : named === undefined ? defaultOf(output) : named;
    if (value === undefined) throw new StepError('OUTPUT_MISSING', said('failure.output', { step: name, title }));
    values[title] = castTo(value, output, said('whose.inAnswer', { title, step: name }));
  }
  return values;
}
