/** What a code of a problem stands for. */
export interface CodeMeaning {
  /** `either`: it depends on where it is found */
  severity: 'error' | 'warning' | 'either';
  /** one sentence: what is the matter */
  means: string;
  /** one sentence: what to do about it */
  remedy: string;
}

const error = (means: string, remedy: string) => ({ severity: 'error', means, remedy }) as const;
const warning = (means: string, remedy: string) => ({ severity: 'warning', means, remedy }) as const;
const either = (means: string, remedy: string) => ({ severity: 'either', means, remedy }) as const;

/** Problems of a text that is to be read as a document. */
const reading = {
  'OAS-TOO-LARGE': error(
    'The file is larger than 8 MB.',
    'Split it: put flows that others use into files of their own.',
  ),
  'OAS-EMPTY': error('The file is empty.', 'Check that it was saved.'),
  'OAS-JSON': error('The text is not JSON.', 'Mend it at the line and column that are named.'),
  'OAS-JSON5': error('The text is not JSON5.', 'Mend it at the line and column that are named.'),
  'OAS-YAML': error('The text is not YAML.', 'Mend it at the line and column that are named.'),
  'OAS-DEPTH': error(
    'Lists and objects are nested deeper than 200 levels.',
    'Put inner parts among the referenced components.',
  ),
  'OAS-NUMBER': error('A number is too large to be held.', 'Write it as a text, or smaller.'),
  'OAS-DUPLICATE-KEY': error('A name stands twice in one object.', 'Take one of the two away.'),
  'OAS-VALUE': error('The text holds a value that JSON does not have, like a date or NaN.', 'Write it as a text.'),
  'OAS-NOT-OBJECT': error(
    'The document is a list or a single value.',
    'A document is an object with a component_type.',
  ),
  'OAS-NOT-OAS': error(
    'The object is no Open Agent Spec document.',
    'Give it a component_type, or only $referenced_components.',
  ),
} as const;

/** Problems of identities, references and versions. */
const holding = {
  'OAS-TYPE': error('A component does not say what it is.', 'Its component_type must be the name of a type.'),
  'OAS-DUPLICATE-ID': error(
    'An id stands at several places.',
    'Give one of the components another id, or replace it by a reference.',
  ),
  'OAS-DANGLING': error(
    'A reference leads to nothing.',
    'Add the component that it names, or take the reference away.',
  ),
  'OAS-CIRCLE': error('References run in a circle.', 'Let one of them name something else.'),
  'OAS-ID-MISSING': error('A step has no id, so nothing can be connected to it.', 'Give it an id of its own.'),
  'OAS-NAME-EMPTY': error('A name is empty.', 'Give it a name.'),
  'OAS-NAME-TWICE': warning(
    'Two steps of a flow have one name.',
    'Name one of them otherwise, so that people can tell them apart.',
  ),
  'OAS-VERSION': error('The version is not written as a version.', 'Write it like 26.3.1.'),
  'OAS-VERSION-MISSING': warning(
    'The document does not say its version.',
    'State the version that it was written for.',
  ),
  'OAS-VERSION-UNKNOWN': warning(
    'The version is not known here and read as the current one.',
    'Check that the document does what you expect.',
  ),
  'OAS-VERSION-LOW': warning(
    'The content is newer than the version that is stated.',
    'State the version that the content needs.',
  ),
  'OAS-UNKNOWN-TYPE': warning(
    'A component is of a type that is not known here: it is kept, and not run.',
    'Nothing, if another program needs it.',
  ),
  'OAS-UNKNOWN-FIELD': warning(
    'A component has a field that its type does not have: it is kept.',
    'Check its spelling; take it away if it is a mistake.',
  ),
} as const;

/** Problems of fields, inputs and outputs. */
const fields = {
  'OAS-FIELD-MISSING': error('A field that the type must have is missing.', 'Fill it in.'),
  'OAS-FIELD': error('A field holds something that cannot stand there.', 'Put in what the message names.'),
  'OAS-HEADER-TWICE': error('A header is both open and secret.', 'Keep it in one of the two places.'),
  'OAS-LIMITS': error(
    'Limits of a conversation contradict each other.',
    'Keep one of the two, the smaller number below the larger.',
  ),
  'OAS-TEAM': error('A team has nobody to work with.', 'Name who asks whom; a manager is no worker.'),
  'OAS-PROPERTY': error('An input or output is no object.', 'Describe it by a JSON Schema with a title.'),
  'OAS-TITLE-MISSING': error('An input or output has no title.', 'Give it a name without spaces.'),
  'OAS-TITLE': error('A title has a character that titles must not have.', 'Use letters, digits and underscores.'),
  'OAS-TITLE-TWICE': error('Two inputs, or two outputs, have one title.', 'Name one of them otherwise.'),
  'OAS-TYPE-WORD': error(
    'An input or output has a type that does not exist.',
    'Use string, number, integer, boolean, null, array or object.',
  ),
  'OAS-SCHEMA': error('The type of an input or output is no JSON Schema.', 'Mend the keyword that is named.'),
  'OAS-DEFAULT': error('A default does not fit its type.', 'Change the default or the type, or take the default away.'),
  'OAS-INPUT-UNDECLARED': error(
    'A component uses an input that it does not list.',
    'List it, or take it out of the text.',
  ),
  'OAS-INPUT-UNUSED': error('A component lists an input that it does not use.', 'Take it off the list, or use it.'),
  'OAS-OUTPUT-UNDECLARED': error('A component does not list an output that it delivers.', 'List it.'),
  'OAS-OUTPUT-UNMADE': error('A component lists an output that nothing in it delivers.', 'Take it off the list.'),
  'OAS-PASSED-ON': error('The inputs and outputs of a start or an end are not the same.', 'Let both lists be one.'),
} as const;

/** Problems of a flow's shape and of what goes along it. */
const flows = {
  'OAS-START-NONE': error('A flow has no start.', 'Add a start.'),
  'OAS-START-TWICE': error('A flow has several starts.', 'Keep one.'),
  'OAS-START-NODE': error('A flow names a start that is none of its own.', 'Name the start among its steps.'),
  'OAS-START-ENTERED': error('A connection leads back to the start.', 'Lead it to the step after the start.'),
  'OAS-END-NONE': error('A flow has no end.', 'Add an end.'),
  'OAS-END-UNREACHED': error('Nothing leads to an end.', 'Connect a step to it, or take it away.'),
  'OAS-END-LEFT': error('A connection leaves an end.', 'Take the connection away.'),
  'OAS-END-TYPES': error('Two ends deliver one output in different types.', 'Give both the same type.'),
  'OAS-NO-WAY-OUT': error('No way leads from the start to an end.', 'Connect the steps between them.'),
  'OAS-EDGE-STEP': error('A connection names a step that is not in the flow.', 'Take it away, or connect it anew.'),
  'OAS-BRANCH-UNKNOWN': error(
    'A connection leaves a branch that the step does not have.',
    'Take it away, or let it leave one of the branches.',
  ),
  'OAS-BRANCH-TWICE': error('Two connections leave one branch.', 'Keep one of them.'),
  'OAS-BRANCH-OPEN': either('Nothing follows a branch.', 'Connect it to a step or to an end.'),
  'OAS-BRANCHES': error(
    'A step lists branches that are not its own.',
    'Take the list away: it follows from the other fields.',
  ),
  'OAS-ORPHAN': warning('No way leads from the start to a step.', 'Connect it, or take it away.'),
  'OAS-FLOW-OUTPUT': error(
    'A flow promises an output that an end does not deliver.',
    'Let the end deliver it, or give it a default.',
  ),
  'OAS-DATA-STEP': error(
    'A value comes from, or goes to, a step that is not in the flow.',
    'Take the connection away.',
  ),
  'OAS-DATA-OUTPUT': error(
    'A value comes from an output that does not exist.',
    'Take the connection away, or choose an output.',
  ),
  'OAS-DATA-INPUT': error(
    'A value goes to an input that does not exist.',
    'Take the connection away, or choose an input.',
  ),
  'OAS-DATA-TYPE': either(
    'A value does not fit the input that it goes to.',
    'Change one of the types, or put a step between.',
  ),
  'OAS-INPUT-UNFED': error('A step needs a value that nothing gives it.', 'Connect the input, or give it a default.'),
  'OAS-INPUT-LATE': error(
    'A step takes a value from a step that never runs before it.',
    'Take it from an earlier step.',
  ),
  'OAS-INPUT-MAYBE': warning(
    'A step can be reached before its value is there.',
    'Give the input or the output a default.',
  ),
} as const;

/** Problems of single steps and tools. */
const steps = {
  'OAS-NOT-RUN': warning(
    'A step can be drawn and kept, but not run by this version.',
    'Use another step, or run it elsewhere.',
  ),
  'OAS-AGENT-OUTPUTS': warning(
    'An agent that works without a person delivers nothing.',
    'Give it an output, or let it turn to a person.',
  ),
  'OAS-PROMPT-EMPTY': warning('An AI step has no instruction.', 'Write what it shall do.'),
  'OAS-MESSAGE-EMPTY': warning('A message says nothing.', 'Write what it shall say.'),
  'OAS-URL': error('An address is missing, or does not begin with http:// or https://.', 'Write the whole address.'),
  'OAS-METHOD': error(
    'A call has a method that HTTP does not have.',
    'Choose GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.',
  ),
  'OAS-FILE-OUTPUT': error('A call shall give several files.', 'Keep one file among its outputs.'),
  'OAS-QUESTION-OUTPUT': error('The answer to a question is not one text.', 'Keep one output, of type text.'),
  'OAS-MAPPING': error('A value of a decision leads to no branch.', 'Name the branch.'),
  'OAS-MAPPING-EMPTY': warning('A decision has no branches but its default.', 'Add values to decide by.'),
  'OAS-MAPPING-INPUT': either('A decision has several inputs, or one that is no single value.', 'Decide by one text.'),
  'OAS-REDUCER': error(
    'Results of a loop are collected in a way that does not exist.',
    'Choose append, sum, average, max or min.',
  ),
  'OAS-ASSIGN': error('Whom a review is for cannot be read.', 'Choose the people and the groups in the inspector.'),
  'OAS-DUE': error('When a review is due is no length of time.', 'Put in a length of time, or none.'),
  'OAS-CONCURRENCY': error('How many items run at once is no whole number from 1 to 1000.', 'Put in such a number.'),
  'OAS-POLICY': error('How a step is tried again is set to something impossible.', 'Put in what the message names.'),
  'OAS-POLICY-FLOW': warning(
    'A step that runs a flow is not tried again as a whole.',
    'Set how it is tried again at the steps inside.',
  ),
  'OAS-PARALLEL-OUTPUT': error('Two flows side by side deliver one output.', 'Name one of the outputs otherwise.'),
  'OAS-PARALLEL-INPUT': error('Two flows side by side take one input in different types.', 'Give both the same type.'),
  'OAS-CATCH-DEFAULT': error('An output has no default for when the flow inside fails.', 'Give it a default.'),
  'OAS-CATCH-NAME': error('The flow inside uses a name that catching a failure needs.', 'Name it otherwise.'),
  'OAS-BUILTIN': warning('A built-in tool of another product cannot be run here.', 'Replace it to run the flow here.'),
  'OAS-BUILTIN-EMPTY': either('A built-in tool is not set up yet.', 'Fill in what the message names.'),
  'OAS-BUILTIN-WAIT': error('How a step waits is not set up right.', 'Put in what the message names.'),
  'OAS-BUILTIN-RUN': error('How a step starts another flow is not set up right.', 'Put in what the message names.'),
  'OAS-REVIEW-OUTPUT': error(
    'A review delivers a value that its form does not ask for.',
    'Add a field to the form, or give the output a default.',
  ),
} as const;

/** Problems of the form of a review, in a document (the same codes without OAS- where a form is checked by itself). */
const forms = {
  'OAS-A2UI-LIST': error('A form is no list of messages.', 'Make it a list of A2UI messages.'),
  'OAS-A2UI-MESSAGE': error(
    'A message of a form is none of A2UI.',
    'Use createSurface, updateComponents or updateDataModel.',
  ),
  'OAS-A2UI-VERSION': error('A message has a version of A2UI that is not read.', 'Use v0.9 or v0.9.1.'),
  'OAS-A2UI-SURFACE-ID': error('A message does not name its surface.', 'Name it.'),
  'OAS-A2UI-SECOND': error('A form has a second surface.', 'Keep one.'),
  'OAS-A2UI-ORDER': error('A surface is used before it is created.', 'Put createSurface first.'),
  'OAS-A2UI-NO-SURFACE': error('A form creates no surface.', 'Begin with createSurface.'),
  'OAS-A2UI-NO-ROOT': error('A form has no component called root.', 'Call the outermost one root.'),
  'OAS-A2UI-COMPONENT': error('A component of a form has no id, or no kind.', 'Give it both.'),
  'OAS-A2UI-DUPLICATE': error('Two components of a form have one id.', 'Give one another id.'),
  'OAS-A2UI-UNKNOWN': error('A component of a form is of no known kind.', 'Use one of the basic catalog.'),
  'OAS-A2UI-DANGLING': error('A component shows one that is not there.', 'Add it, or take it off the children.'),
  'OAS-A2UI-CIRCLE': error('Components of a form show each other in a circle.', 'Take one off the children.'),
  'OAS-A2UI-DATA': error('Data of a form are put at a place that does not exist.', 'Mend the path.'),
  'OAS-A2UI-ORPHAN': warning('A component of a form is shown nowhere.', 'Show it, or take it away.'),
  'OAS-A2UI-NO-ACTION': warning('A form has no button.', 'Add a button that sends it.'),
} as const;

/** What is wrong with what is handed in beside a document: values of a run, answers, schedules. */
const givenValues = {
  INPUT: error('What an operation was given does not fit its description.', 'Put in what the message names.'),
  'INPUT-MISSING': error('A value that the flow needs is missing.', 'Give it.'),
  'INPUT-TYPE': error('A value does not fit the input’s type.', 'Give one that does.'),
  'INPUT-UNKNOWN': error('The flow has no input of this name.', 'Check the spelling.'),
  'ANSWER-MISSING': error('A question was answered without an answer.', 'Give one.'),
  'ANSWER-INVALID': error('A value of an answer does not fit.', 'Give one that does.'),
  'ANSWER-DECISION': error('An answer decides what the form does not offer.', 'Use one of its buttons.'),
  CRON: error('A timetable cannot be read.', 'Mend the field that is named.'),
  'RUN-NOT-A-FLOW': error('A document that is about something else shall be run.', 'Run a flow.'),
  'RUN-NEEDS-SERVER': error('A step needs a server and shall be run without one.', 'Publish the flow on a server.'),
  'RUN-SERVER-TOOL': error(
    'A tool of the server is not there where the flow is run.',
    'Give the tool, or run the flow on the server.',
  ),
} as const;

/** Edits that cannot be made. */
const edits = {
  'EDIT-MISSING': error('What an edit names is not in the document (any more).', 'Look at the document as it is now.'),
  'EDIT-EXISTS': error('What an edit adds is in the document already.', 'Use another id.'),
  'EDIT-PLACE': error('An edit names a place that does not exist.', 'Mend the pointer.'),
  'EDIT-VALUE': error('An edit would put in something that cannot stand there.', 'Put in another value.'),
  'EDIT-START': error('An edit would take away the step that a flow starts at.', 'Keep the start.'),
  'EDIT-FLOW': error('An edit needs a flow, and the document holds none.', 'Open a flow.'),
  'EDIT-COMMAND': error('There is no such edit.', 'Use one of the edits of the description.'),
} as const;

/** The groups of all codes, with the headings that the documentation has for them. */
export const codeGroups = {
  'Reading a file': reading,
  'Ids, references and versions': holding,
  'Fields, inputs and outputs': fields,
  'The shape of a flow': flows,
  'Steps and tools': steps,
  'Forms of reviews': forms,
  'Values, answers and timetables': givenValues,
  Edits: edits,
} as const;

/** Every code that a problem may have, and what it stands for. */
export const problemCodes = {
  ...reading,
  ...holding,
  ...fields,
  ...flows,
  ...steps,
  ...forms,
  ...givenValues,
  ...edits,
} as const;

type Codes = typeof problemCodes;
export type ProblemCode = keyof Codes;
/** Codes that may be of an error. */
export type ErrorCode = { [C in ProblemCode]: Codes[C]['severity'] extends 'warning' ? never : C }[ProblemCode];
/** Codes that may be of a warning. */
export type WarningCode = { [C in ProblemCode]: Codes[C]['severity'] extends 'error' ? never : C }[ProblemCode];

/** Codes of edits that cannot be made. */
export type EditCode = keyof typeof edits;

/** What a code stands for; undefined for one that is not known here (it came from another version). */
export function meaningOf(code: string): CodeMeaning | undefined {
  return Object.hasOwn(problemCodes, code) ? problemCodes[code as ProblemCode] : undefined;
}
