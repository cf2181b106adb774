import type { NodeCode } from '../step.ts';
import { branching } from './branching.ts';
import { api } from './http.ts';
import { llm } from './llm.ts';
import { inputMessage, outputMessage } from './messages.ts';
import { tool } from './tool.ts';

/**
 * Code by node type. Start, end and the nodes that hold flows are not here: they are the interpreter's own, because
 * they move it between flows.
 */
export const nodeCodes: ReadonlyMap<string, NodeCode> = new Map([
  ['BranchingNode', branching],
  ['ApiNode', api],
  ['LlmNode', llm],
  ['InputMessageNode', inputMessage],
  ['OutputMessageNode', outputMessage],
  ['ToolNode', tool],
]);
