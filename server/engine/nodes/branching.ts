import { asText } from '@rondo/shared/oas/casts.ts';
import { defaultBranch } from '@rondo/shared/oas/inference.ts';
import { ownObject, ownText } from '@rondo/shared/oas/json.ts';
import type { NodeCode } from '../step.ts';

/** BranchingNode: the branch that the mapping gives for the one input, else `default`. */
export const branching: NodeCode = ({ node, inputs }) => {
  const [value] = Object.values(inputs);
  const mapping = ownObject(node.component, 'mapping') ?? {};
  const branch = value === undefined ? undefined : ownText(mapping, asText(value));
  return { outputs: {}, branch: branch ?? defaultBranch };
};
