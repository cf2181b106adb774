import { type JsonObject, ownText } from '@rondo/shared/oas/json.ts';
import { said } from '@rondo/shared/words/said.ts';
import { type ModelPort, StepError } from '../engine/ports.ts';
import type { AddressRules } from '../tools/addresses.ts';
import { openGuard } from '../tools/guard.ts';
import { guardedFetch } from '../tools/guardedFetch.ts';
import { openAiModel } from './openai.ts';
import { practiceModel } from './practice.ts';

/** What addresses models may have, as for all outgoing calls. */
export interface ModelOptions extends AddressRules {
  /** `practice`: every model is the practice model, whatever the document names */
  override?: string;
}

/** All models behind one port, chosen by the type and the provider of the configuration. */
export function makeModels(options: ModelOptions): ModelPort & { close(): Promise<void> } {
  const guard = openGuard(options);
  const openAi = openAiModel(guardedFetch(guard));
  return {
    complete(request, context) {
      if (options.override === 'practice') return practiceModel.complete(request, context);
      return chosen(request.config, openAi).complete(request, context);
    },
    close: () => guard.close(),
  };
}

const openAiTypes = new Set(['OpenAiCompatibleConfig', 'VllmConfig', 'OllamaConfig', 'OpenAiConfig']);

function chosen(config: JsonObject, openAi: ModelPort): ModelPort {
  const type = ownText(config, 'component_type') ?? '';
  if (openAiTypes.has(type)) return openAi;
  const provider = ownText(config, 'provider') ?? ownText(config, 'api_provider');
  if (type === 'LlmConfig' && provider === 'practice') return practiceModel;
  if (type === 'LlmConfig' && (provider === 'openai' || ownText(config, 'url') !== undefined)) return openAi;
  const kind = provider === undefined ? type : said('failure.modelKind.provider', { type, provider });
  throw new StepError('MODEL_NOT_SUPPORTED', said('failure.modelKind', { kind }));
}
