import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';

/** What a flow needs beside itself. */
export interface Needs {
  /** reviews and questions that somebody answers */
  people: number;
  /** names of AI models that an account stands behind */
  models: string[];
  /** some of its models are only to practise with */
  practice: boolean;
  /** hosts that it calls */
  hosts: string[];
  /** tools of the workspace's library */
  tools: string[];
  /** names that stand for secrets: referred to, and nowhere in the document */
  secrets: string[];
}

/** What a document needs, read off its components; what it defines itself is not missing. */
export function needsOf(tree: JsonObject): Needs {
  const all: JsonObject[] = [];
  const known = new Set<string>();
  const referred = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (isObject(value)) {
      if (typeof value.component_type === 'string') all.push(value);
      if (typeof value.id === 'string') known.add(value.id);
      if (typeof value.$component_ref === 'string') referred.add(value.$component_ref);
      Object.values(value).forEach(walk);
    }
  };
  walk(tree);
  if (isObject(tree.$referenced_components)) for (const key of Object.keys(tree.$referenced_components)) known.add(key);
  const named = (components: JsonObject[]) => unique(components.map((one) => String(one.name ?? one.id ?? '')));
  const ofType = (test: (type: string) => boolean) => all.filter((one) => test(String(one.component_type)));
  const models = ofType((type) => /Config$/.test(type) && !/Template/.test(type)).filter(
    (one) => typeof one.model_id === 'string',
  );
  const practising = models.filter((one) => /practice/i.test(`${one.model_id} ${one.name}`));
  return {
    people: ofType((type) => type === 'ClientTool' || type === 'InputMessageNode').length,
    models: named(models.filter((one) => !practising.includes(one))),
    practice: practising.length > 0,
    hosts: unique(
      ofType((type) => type === 'ApiNode' || type === 'RemoteTool').flatMap((one) => hostOf(String(one.url ?? ''))),
    ),
    tools: named(ofType((type) => type === 'ServerTool')),
    secrets: [...referred].filter((name) => !known.has(name)).sort(),
  };
}

const unique = (names: string[]) => [...new Set(names.filter((name) => name !== ''))].sort();

function hostOf(url: string): string[] {
  const host = /^https?:\/\/([^/?#:{]+)/.exec(url)?.[1];
  return host ? [host] : [];
}
