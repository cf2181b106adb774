/** Help beside fields: a sentence or two, and an example where there is a good one. */
export const fieldHelp = {
  'help.formula':
    'Works out one value from the values that go in. It is tried at once with the last real values, and shows what comes out.',
  'help.formula.example': 'Example: $sum(lines.price) * 1.19',
  'help.script':
    'JavaScript that works with the values that go in and returns what comes out. It reaches neither files nor the network.',
  'help.script.example': 'Example: return amount > 1000 ? "large" : "small";',
  'help.review.who':
    'Whoever is named finds the review in their inbox, and only they decide it; admins can stand in. With nobody named, everyone who may decide can.',
  'help.review.who.example': "A value of the run may name the person: '{{ manager }}'",
  'help.ai.prompt':
    'What the model reads. Say what it should write, for whom and how long; values of earlier steps stand in it as chips.',
  'help.ai.prompt.example': 'Example: Summarise the claim of @customer in two sentences.',
  'help.agent.prompt':
    'What the agent is to reach, and what it must not do. It works on its own until it can hand in what comes out.',
  'help.agent.prompt.example': 'Example: Find the order of this customer and tell when it will arrive.',
  'help.message.text': 'What is shown in the run while it goes on. It asks nothing.',
  'help.message.text.example': 'Example: We have booked your trip to @city.',
  'help.question.text': 'The run waits until the person who started it has answered.',
  'help.question.text.example': 'Example: Which cost centre shall we book this on?',
  'help.web.url': 'The address that is called, with values of earlier steps in it where they are wanted.',
  'help.web.url.example': 'Example: https://api.example.com/orders/@order_id',
  'help.web.body': 'What is sent along. JSON is sent as JSON, anything else as text.',
  'help.web.body.example': 'Example: \'{\' "name": "@customer" \'}\'',
  'help.web.outputs':
    'What later steps may use of the answer. A name that is a field of the JSON answer gives that field.',
  'help.web.outputs.example': 'Example: total gives the field “total”.',
  'help.decide.by': 'The value that tells which way the run goes on.',
  'help.decide.by.example': 'Example: the decision of a review.',
  'help.decide.branches':
    'What the value may be, and the name of the way that it then takes. Several values may take the same way.',
  'help.decide.branches.example': 'Example: approve → book, reject → inform.',
  'help.model.url': 'Where the server of the model is reached, up to and with its version.',
  'help.model.url.example': 'Example: https://api.example.com/v1',
  'help.model.id': 'The name by which the server knows the model.',
  'help.model.id.example': 'Example: llama3.2',
  'help.end.branch': 'Where another flow runs this one, it goes on by the name of the ending that was reached.',
  'help.end.branch.example': 'Example: approved',
  'help.start.inputs':
    'What has to be known to start. Each becomes a field of the start form, a part of the address of a web call and an argument for other programs.',
  'help.start.inputs.example': 'Example: amount, a number that must be given.',
  'help.end.outputs': 'What whoever started the flow gets back.',
  'help.end.outputs.example': 'Example: decision, a text.',
  'help.step.name':
    'What is shown on the card, in the list of steps and in runs. Steps of one flow have different names.',
  'help.callback.name': 'It ties the address to the wait of the same name.',
  'help.callback.name.example': 'Example: payment',
  'help.file.name': 'What the file is called when it is downloaded. Values of earlier steps may stand in it.',
  'help.file.name.example': 'Example: report.csv',
  'help.step.description': 'What the step is for, for those who read the flow. Other programs read it, too.',
  'help.inputs': 'The values that this step works with. Under Data you say where each comes from.',
  'help.inputs.example': 'Example: amount, a number.',
  'help.outputs': 'What this step gives to later ones: a name, and what kind of value it is.',
  'help.outputs.example': 'Example: summary, a text.',
  'help.data.inputs':
    'Where each value of this step comes from: an earlier step, or what is taken when nothing is given.',
  'help.data.outputs': 'What later steps may use, what it was in the last run, and which steps use it.',
  'help.data.allLines':
    'Draws a line for each value that one step takes from another. It changes nothing but the picture.',
  'help.property.required': 'Where it is off, the value may be left out; what stands below is taken instead.',
  'help.property.default': 'Taken when nothing is given.',
  'help.property.description':
    'Shown below the field where the value is typed; models and other programs read it, too.',
  'help.policy':
    'What happens when the step fails: how often it is tried, with which pauses, and how long a try may take.',
  'help.policy.attempts': 'The first try counts. A step that has finished is never repeated.',
  'help.policy.when':
    'A busy server or a network that is away may be better soon. A wrong address comes back each time.',
  'help.policy.delay': 'How long to wait before the second try.',
  'help.policy.maxDelay': 'No pause between two tries is longer.',
  'help.policy.timeLimit': 'One try that takes longer counts as failed. Empty: as long as it takes.',
  'help.model':
    'Who writes. The practice model answers at once and needs no key; the others are reached at an address or with a key of your workspace.',
  'help.review.title': 'What stands in the inbox. Values of the run may stand in it.',
  'help.review.title.example': 'Example: Claim of @customer over @amount',
  'help.review.form': 'What the person sees and fills in. What is filled in becomes a value for later steps.',
  'help.review.form.example': 'Example: show the amount, ask for a comment.',
  'help.review.buttons':
    'The ways to decide: at the left what stands on the button, at the right the value that later steps go by.',
  'help.review.buttons.example': 'Example: Approve gives approve.',
  'help.runFlow.detached':
    'The other flow is started, and this one goes on with the id of its run. Off: it waits for the answer.',
  'help.subflow': 'The flow that this step runs inside of itself. Open it to draw it.',
  'help.reducers': 'How the answers of all entries become one value: a list, a sum, the largest.',
  'help.tool.type':
    'A tool of this workspace, a web service, one of an MCP server, or one that the runtime brings along.',
  'help.tool.name': 'The name by which it is known where it is carried out.',
  'help.tool.description': 'What the tool does. Agents choose by it.',
  'help.tool.choose': 'Tools are made under Library. What goes in and comes out is taken from there.',
  'help.agent.type': 'An agent of this flow with a model of its own, a team, or an agent that runs elsewhere.',
  'help.agent.tools': 'What the agent may use to reach its goal. It decides by itself what it uses, and when.',
  'help.wait.mode': 'The run rests meanwhile and needs nothing; it goes on after a restart, too.',
  'help.wait.for': 'Counted from the moment when the run comes to this step.',
  'help.wait.event': 'The name of what happens. Whoever sends an event of this name lets the run go on.',
  'help.wait.event.example': 'Example: order.paid',
  'help.wait.key': 'Which of several events of the name is meant.',
  'help.wait.key.example': 'Example: @order_id',
  'help.wait.fromValue': 'The moment comes from an earlier step, as a text like 2026-12-24T18:00:00Z.',
  'help.wait.timeout': 'After so long the run goes on without what it waits for. Empty: it waits as long as it takes.',
  'help.web.method': 'GET reads, POST sends something new; the service says which it wants.',
  'help.web.query': 'Put behind the address, by their names.',
  'help.web.query.example': 'Example: page = 1',
  'help.web.headers': 'Sent with the call, by their names. A key stands there as a secret of your workspace.',
  'help.web.headers.example': 'Example: Accept-Language = en',
  'help.file.mediaType': 'What kind of file it is, so that other programs open it rightly.',
  'help.file.mediaType.example': 'Example: text/csv',
} as const;
