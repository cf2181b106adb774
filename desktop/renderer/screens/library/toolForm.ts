import { isObject, type JsonObject, objectIn, own, ownObject, ownText } from '@rondo/shared/oas/json.ts';
import { propertiesOf } from '@rondo/shared/oas/properties.ts';
import { reference, referenceOf } from '@rondo/shared/oas/references.ts';

export type ToolKind = 'formula' | 'script' | 'web' | 'flow';
export const toolKinds: readonly ToolKind[] = ['formula', 'script', 'web', 'flow'];
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A tool of the workspace as its form shows it. */
export interface ToolForm {
  name: string;
  description: string;
  kind: ToolKind;
  /** formula or script */
  code: string;
  /** slug of the published flow */
  flow: string;
  url: string;
  method: string;
  /** JSON text, templates in it; empty = none */
  body: string;
  /** a header that carries a secret, and the secret's name; empty = none */
  secretHeader: string;
  secretName: string;
  /** a person says yes before it is used */
  confirm: boolean;
  inputs: JsonObject[];
  outputs: JsonObject[];
}

export const emptyToolForm: ToolForm = {
  name: '',
  description: '',
  kind: 'formula',
  code: '',
  flow: '',
  url: '',
  method: 'GET',
  body: '',
  secretHeader: '',
  secretName: '',
  confirm: false,
  inputs: [],
  outputs: [{ title: 'result', type: 'string' }],
};

/** The form of a stored tool. */
export function formOf(kind: ToolKind, component: JsonObject): ToolForm {
  const configuration = ownObject(component, 'configuration') ?? {};
  const data = own(component, 'data');
  const [header] = Object.entries(ownObject(component, 'sensitive_headers') ?? {});
  return {
    name: ownText(component, 'name') ?? '',
    description: ownText(component, 'description') ?? '',
    kind,
    code: ownText(configuration, 'expression') ?? ownText(configuration, 'code') ?? '',
    flow: ownText(configuration, 'flow') ?? '',
    url: ownText(component, 'url') ?? '',
    method: ownText(component, 'http_method') ?? 'GET',
    body: isObject(data) && Object.keys(data).length > 0 ? JSON.stringify(data, null, 2) : '',
    secretHeader: header?.[0] ?? '',
    secretName: referenceOf(header?.[1]) ?? '',
    confirm: own(component, 'requires_confirmation') === true,
    inputs: propertiesOf(own(component, 'inputs')),
    outputs: propertiesOf(own(component, 'outputs')),
  };
}

const builtins = { formula: 'rondo.formula', script: 'rondo.script', flow: 'rondo.run_flow' } as const;

/** Is the body of a web call a JSON object, or empty? */
export function isBody(text: string): boolean {
  return text.trim() === '' || objectIn(text) !== undefined;
}

/**
 * The Open Agent Spec tool that a form describes.
 * @param before the stored one: what the form does not show is kept while the kind stays the same
 */
export function componentOf(form: ToolForm, before: JsonObject | null): JsonObject {
  const { kind } = form;
  const type = kind === 'web' ? 'RemoteTool' : 'BuiltinTool';
  const kept = before && ownText(before, 'component_type') === type ? before : {};
  const shared: JsonObject = {
    ...kept,
    component_type: type,
    id: ownText(kept, 'id') ?? 'tool',
    name: form.name.trim(),
    description: form.description.trim() || null,
    metadata: own(kept, 'metadata') ?? {},
    requires_confirmation: form.confirm,
    inputs: form.inputs,
    outputs: form.outputs,
  };
  if (kind !== 'web') {
    const configuration: JsonObject =
      kind === 'flow' ? { flow: form.flow } : { [kind === 'formula' ? 'expression' : 'code']: form.code };
    return { ...shared, tool_type: builtins[kind], configuration };
  }
  const header = form.secretHeader.trim();
  return {
    query_params: {},
    headers: {},
    ...shared,
    url: form.url.trim(),
    http_method: form.method,
    data: objectIn(form.body) ?? {},
    sensitive_headers: header && form.secretName.trim() ? { [header]: reference(form.secretName.trim()) } : {},
  };
}
