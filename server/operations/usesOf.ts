import { typeNamed } from '@rondo/shared/oas/componentTypes.ts';
import { type JsonObject, ownText } from '@rondo/shared/oas/json.ts';
import { indexOf } from '@rondo/shared/oas/references.ts';
import type { usedKinds } from './contract/usage.ts';

/** Something that is not in a document and that it uses by its name. */
export interface Use {
  kind: (typeof usedKinds)[number];
  name: string;
}

const longestName = 200;

/**
 * What a document uses by a name: tools of the workspace (ServerTool), secrets (references that lead nowhere inside it)
 * and models. Each once.
 */
export function usesOf(tree: JsonObject): Use[] {
  const { components, unnamed, targets, references } = indexOf(tree);
  const found = new Map<string, Use>();
  const add = (kind: Use['kind'], name: string | undefined) => {
    if (name !== undefined && name !== '' && name.length <= longestName) found.set(`${kind} ${name}`, { kind, name });
  };
  for (const { component } of [...components.values(), ...unnamed]) {
    const type = ownText(component, 'component_type') ?? '';
    if (type === 'ServerTool') add('tool', ownText(component, 'name'));
    if (typeNamed(type)?.group === 'llm') add('model', modelName(component));
  }
  for (const { ref } of references) if (!targets.has(ref)) add('secret', ref);
  return [...found.values()];
}

/** The model's own name, and where it is: "gpt-4o · api.openai.com". */
function modelName(component: JsonObject): string | undefined {
  const model = ownText(component, 'model_id');
  const place =
    hostOf(ownText(component, 'url')) ?? ownText(component, 'provider') ?? ownText(component, 'api_provider');
  return model === undefined || place === undefined || place === model ? model : `${model} · ${place}`;
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : url;
}
