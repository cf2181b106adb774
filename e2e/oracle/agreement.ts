/**
 * Where our validation and the reference SDK (pyagentspec 26.3.1) differ on purpose. The comparison (agreement.test.ts)
 * lets through what is listed here and nothing else, and docs/oas-agreement.md is made from it.
 */
export interface Difference {
  /** what the document has */
  what: string;
  /** codes of ours that alone may refuse what the SDK accepts (empty: it is the SDK that refuses) */
  codes?: readonly string[];
  /** what the SDK says to a document that we accept */
  reason?: RegExp;
  /** where the specification, or our design, decides */
  decided: string;
  because: string;
}

export const differences: readonly Difference[] = [
  {
    what: 'Two components with one id',
    codes: ['OAS-DUPLICATE-ID', 'OAS-CIRCLE'],
    decided: 'Symbolic references',
    because:
      '“If two components in an Agent Spec configuration use the same id, the configuration will be considered invalid.” The SDK compares the keys of nested `$referenced_components` only.',
  },
  {
    what: 'A branch that the step does not have, or two connections on one branch',
    codes: ['OAS-BRANCH-UNKNOWN', 'OAS-BRANCH-TWICE'],
    decided: 'Conditional branching; Connecting multiple data edges',
    because:
      '“from_branch must be set to one of the values in branches”; “multi-connections from the same outgoing branch of a node are not allowed”.',
  },
  {
    what: 'A branch that nothing follows, a flow without a way from its start to an end',
    codes: ['OAS-BRANCH-OPEN', 'OAS-NO-WAY-OUT', 'OAS-END-UNREACHED', 'OAS-EDGE-STEP'],
    decided: 'Design: what a flow needs to run',
    because: 'The run would stop there without a result. The SDK does not follow the connections.',
  },
  {
    what: 'An input that nothing feeds, or that is fed by a step that never runs before',
    codes: ['OAS-INPUT-UNFED', 'OAS-INPUT-LATE'],
    decided: 'I/O Data Space',
    because:
      '“An output must be generated before it can be used to fulfil an input”, but for inputs with a default. The SDK looks at each connection by itself.',
  },
  {
    what: 'A step without an id',
    codes: ['OAS-ID-MISSING'],
    decided: 'Base Component',
    because: 'Every component has an id. The SDK makes one up, another with every reading.',
  },
  {
    what: 'A name that is empty',
    codes: ['OAS-NAME-EMPTY'],
    decided: 'Base Component',
    because: 'The name is what people see, and what a tool is called by. The SDK takes any text.',
  },
  {
    what: 'An input or an output without a title',
    codes: ['OAS-TITLE-MISSING', 'OAS-TITLE-TWICE'],
    decided: 'Input and output properties',
    because: '“We require to specify … title: the name of the property.” The SDK calls it “property”.',
  },
  {
    what: 'A default of a text that is no text',
    codes: ['OAS-DEFAULT'],
    decided: 'Input and output properties',
    because: 'A default is a value of the property, and must be of its type. The SDK does not look at those of texts.',
  },
  {
    what: 'A number, true or false or a choice written as another type (`"7"` for 7, 1 for true)',
    codes: ['OAS-FIELD'],
    decided: 'Note about serialization of components',
    because: 'The JSON Schema of the specification has no such forms; the SDK’s classes convert them silently.',
  },
  {
    what: 'An address or a method that cannot be called',
    codes: ['OAS-URL', 'OAS-METHOD'],
    decided: 'Design: what a step needs to run',
    because: 'The call would fail in every run. The SDK takes any text.',
  },
  {
    what: 'A built-in tool of ours, a review form or a policy of a step that is not complete',
    codes: ['OAS-BUILTIN-EMPTY', 'OAS-BUILTIN-WAIT', 'OAS-BUILTIN-RUN', 'OAS-REVIEW-OUTPUT', 'OAS-POLICY'],
    decided: 'Built-in Tools',
    because: '“Legal configurations should be documented by the runtime providing the tool”, and are checked by it.',
  },
  {
    what: 'Components of plugins, known to no list',
    reason:
      /There is no plugin to load the component type|Failed to deserialize Union type .*|Unknown Agent Spec Component type/,
    decided: 'Design G6: what is not known is kept',
    because: 'They are kept as they are and reported as a warning; the SDK needs the plugin at hand to read anything.',
  },
  {
    what: 'A component without `component_type` where only one type can stand',
    reason: /doesn't seem to be a valid Agent Spec Component|tool_filter\.\d+\S*name \| {3}Field required/,
    decided: 'The official example howto_a2aagent',
    because:
      'An example of the specification leaves it out, and nothing else could be meant. The fields are checked all the same.',
  },
  {
    what: 'Only `$referenced_components` (a disaggregated file), or references to components of another file',
    reason: /make sure that `import_only_referenced_components`|references to fields or components are missing/,
    decided: 'Disaggregated components; Sensitive fields',
    because:
      'Such a file is one half of a pair: the SDK asks for a registry, we are given the other half beside it. Secrets are left open on purpose.',
  },
  {
    what: 'Something that looks like a reference in `metadata`',
    reason: /references to fields or components are missing|Missing reference for ID/,
    decided: 'Base Component',
    because: '“The metadata field contains all the additional information that could be useful”: it is free.',
  },
  {
    what: 'A version that the SDK’s list lacks: 26.2.0, or one that came later',
    reason: /is not a valid AgentSpecVersionEnum/,
    decided: 'Versioning',
    because:
      'The specification was published as 26.2.0, with the schema of 26.1.2. A later one is read as the current one, with a warning.',
  },
  {
    what: 'Content that is newer than the version that the document states; trial versions before 25.4.1',
    reason: /Invalid agentspec_version: component agentspec_version=\S+ but the minimum allowed version/,
    decided: 'Design: run what can be run',
    because:
      'What the content means is clear whatever the version says: ten official examples state too low a version. It is a warning, and can be repaired.',
  },
  {
    what: 'true or false as a schema within a schema',
    reason: /AttributeError: 'bool' object has no attribute 'get'|TypeError: argument of type 'bool' is not iterable/,
    decided: 'Type system (JSON Schema 2020-12)',
    because: 'JSON Schema allows it; the SDK falls over it.',
  },
  {
    what: '`branches: null`',
    reason: /Expected the content to be <class 'list'>, but got NoneType/,
    decided: 'Conditional branching',
    because: '“Both Node.branches and ControlFlowEdge.from_branch are set to null by default.”',
  },
];

/** The page of the documentation that says all this. */
export function agreementPage(): string {
  const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = (rows: readonly Difference[], cells: (one: Difference) => string[], head: string[]) =>
    [row(head), row(head.map(() => '---')), ...rows.map((one) => row(cells(one)))].join('\n');
  const stricter = differences.filter((one) => one.codes !== undefined);
  const laxer = differences.filter((one) => one.reason !== undefined);
  return `# Where the validation and the reference SDK differ

Made from \`e2e/oracle/agreement.ts\`; do not edit. A test compares the two on every official example and on hundreds of documents that were made from them by one change each: they say the same of each, but for what stands here. The reference SDK is pyagentspec 26.3.1; the headings are those of the language specification.

## Reported here, not noticed by the SDK

${table(stricter, (one) => [one.what, (one.codes ?? []).join(', '), one.decided, one.because], ['what', 'reported as', 'decided by', 'why'])}

## Read here, refused by the SDK

${table(laxer, (one) => [one.what, one.decided, one.because], ['what', 'decided by', 'why'])}
`;
}
