import { asText } from '@rondo/shared/oas/casts.ts';
import { type Json, type JsonObject, own, ownText } from '@rondo/shared/oas/json.ts';
import { fileFormat, type Property } from '@rondo/shared/oas/properties.ts';
import { quoted, said } from '@rondo/shared/words/said.ts';
import { type EnginePorts, type FilePort, type HttpBody, StepError } from '../ports.ts';
import type { Step, StepResult } from '../step.ts';
import { render } from '../values/templates.ts';
import { outputsFrom } from '../values/values.ts';

/** A file as text flows on as a value, so it may not be large. In bytes. */
const largestText = 1024 * 1024;

const reference = /^rondo:file\/[\w-]+$/;

/** The output that takes a whole answer as a file, where a step has one. */
export function fileOutput(outputs: readonly Property[]): Property | undefined {
  return outputs.find((output) => ownText(output, 'format') === fileFormat);
}

/** A file as the body of a call; undefined when the value names none. @throws {StepError} FILE_MISSING */
export async function fileBody(data: Json, ports: EnginePorts, name: string): Promise<HttpBody | undefined> {
  if (typeof data !== 'string' || !reference.test(data)) return undefined;
  const file = await filesOf(ports, name).open(data);
  return { kind: 'file', mediaType: file.mediaType, size: file.size, content: () => file.content() };
}

/** @throws {StepError} FILES_NOT_HERE */
export function filesOf(ports: EnginePorts, name: string): FilePort {
  if (ports.files) return ports.files;
  throw new StepError('FILES_NOT_HERE', said('failure.noFiles', { step: name }));
}

/** `rondo.read_file`: the text of a file, UTF-8. */
export async function readFile(step: Step, configuration: JsonObject): Promise<StepResult> {
  const name = step.node.name;
  const value = await given(step, configuration, 'file');
  if (!reference.test(value)) throw new StepError('INPUT_INVALID', said('failure.noFileGiven', { step: name }));
  const file = await filesOf(step.ports, name).open(value);
  const tooLarge = () =>
    new StepError(
      'FILE_TOO_LARGE',
      said('failure.fileAsText', { step: name, limit: largestText / 1024 / 1024, file: file.name }),
    );
  if (file.size > largestText) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file.content()) {
    if (step.signal.aborted) throw step.signal.reason;
    size += part.length;
    if (size > largestText) throw tooLarge();
    parts.push(part);
  }
  return { outputs: outputsFrom(step.node.outputs, Buffer.concat(parts).toString('utf8'), quoted(name)) };
}

/** `rondo.write_file`: a file made of a text. */
export async function writeFile(step: Step, configuration: JsonObject): Promise<StepResult> {
  const { node, ports } = step;
  const files = filesOf(ports, node.name);
  const name = await given(step, configuration, 'name');
  const text = await given(step, configuration, 'text');
  const mediaType = (await given(step, configuration, 'media_type')) || 'text/plain; charset=utf-8';
  if (name === '') throw new StepError('INPUT_INVALID', said('failure.fileName', { step: node.name }));
  const file = await step.outside(() => files.save({ name, mediaType, content: oneOf(Buffer.from(text, 'utf8')) }));
  return { outputs: outputsFrom(node.outputs, file, quoted(node.name)) };
}

async function* oneOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** An input, else what the configuration says, as text. */
async function given(step: Step, configuration: JsonObject, field: string): Promise<string> {
  const input = own(step.inputs, field);
  if (input !== undefined) return asText(input);
  const value = own(configuration, field);
  return value === undefined || value === null ? '' : render(asText(value), step);
}
