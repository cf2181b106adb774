import * as file from './file.ts';
import * as flow from './flow.ts';
import * as folder from './folder.ts';
import * as governance from './governance.ts';
import * as group from './group.ts';
import * as notification from './notification.ts';
import * as people from './people.ts';
import * as retention from './retention.ts';
import * as run from './run.ts';
import * as sample from './sample.ts';
import * as schedule from './schedule.ts';
import * as tool from './tool.ts';
import * as trigger from './trigger.ts';
import * as usage from './usage.ts';
import * as worker from './worker.ts';

/** Every operation there is, by noun and verb: the one list that all doors are made from. */
export const contracts = {
  setup: { status: people.setupStatus, createOwner: people.setupCreateOwner },
  me: { get: people.meGet, speak: people.meSpeak },
  person: {
    list: people.personList,
    invite: people.personInvite,
    revokeInvite: people.personRevokeInvite,
    setRole: people.personSetRole,
    remove: people.personRemove,
  },
  group: { list: group.groupList, save: group.groupSave, remove: group.groupRemove },
  assignee: { list: group.assigneeList },
  invite: { list: people.inviteList, look: people.inviteLook, accept: people.inviteAccept },
  apikey: { list: people.apikeyList, create: people.apikeyCreate, revoke: people.apikeyRevoke },
  flow: {
    list: flow.flowList,
    names: flow.flowNames,
    arrange: flow.flowArrange,
    get: flow.flowGet,
    state: flow.flowState,
    create: flow.flowCreate,
    import: flow.flowImport,
    export: flow.flowExport,
    edit: flow.flowEdit,
    undo: flow.flowUndo,
    redo: flow.flowRedo,
    history: flow.flowHistory,
    rename: flow.flowRename,
    duplicate: flow.flowDuplicate,
    archive: flow.flowArchive,
    versions: flow.flowVersions,
    version: flow.flowVersion,
    publish: flow.flowPublish,
    pause: flow.flowPause,
    resume: flow.flowResume,
    configure: flow.flowConfigure,
    checkKey: flow.flowCheckKey,
  },
  folder: {
    list: folder.folderList,
    create: folder.folderCreate,
    rename: folder.folderRename,
    remove: folder.folderRemove,
  },
  sample: { list: sample.sampleList, get: sample.sampleGet },
  run: {
    start: run.runStart,
    list: run.runList,
    get: run.runGet,
    events: run.runEvents,
    cancel: run.runCancel,
    pause: run.runPause,
    resume: run.runResume,
    retry: run.runRetry,
    hold: run.runHold,
    value: file.runValue,
  },
  file: { get: file.fileGet },
  retention: { get: retention.retentionGet, set: retention.retentionSet, preview: retention.retentionPreview },
  bulk: {
    preview: run.bulkPreview,
    start: run.bulkStart,
    get: run.bulkGet,
    list: run.bulkList,
    stop: run.bulkStop,
  },
  worker: { list: worker.workerList, drain: worker.workerDrain },
  queue: { get: run.queueGet, pause: run.queuePause, resume: run.queueResume },
  review: { list: run.reviewList, get: run.reviewGet, decide: run.reviewDecide },
  schedule: {
    list: schedule.scheduleList,
    preview: schedule.schedulePreview,
    create: schedule.scheduleCreate,
    update: schedule.scheduleUpdate,
    remove: schedule.scheduleRemove,
    fire: schedule.scheduleFire,
    fires: schedule.scheduleFires,
    health: schedule.scheduleHealth,
    calendar: schedule.scheduleCalendar,
  },
  webhook: {
    list: trigger.webhookList,
    create: trigger.webhookCreate,
    update: trigger.webhookUpdate,
    rotate: trigger.webhookRotate,
    remove: trigger.webhookRemove,
    deliveries: trigger.webhookDeliveries,
    delivery: trigger.webhookDelivery,
    resend: trigger.webhookResend,
  },
  startForm: {
    list: trigger.startFormList,
    create: trigger.startFormCreate,
    revoke: trigger.startFormRevoke,
    look: trigger.startFormLook,
    submit: trigger.startFormSubmit,
  },
  flowLink: {
    list: trigger.flowLinkList,
    create: trigger.flowLinkCreate,
    update: trigger.flowLinkUpdate,
    remove: trigger.flowLinkRemove,
    fires: trigger.flowLinkFires,
  },
  event: { send: trigger.eventSend },
  audit: { list: governance.auditList, verify: governance.auditVerify },
  tool: { list: tool.toolList, get: tool.toolGet, save: tool.toolSave, remove: tool.toolRemove },
  usage: { list: usage.usageList },
  model: { list: usage.modelList },
  secret: { list: governance.secretList, set: governance.secretSet, remove: governance.secretRemove },
  home: { get: governance.homeGet },
  notification: {
    list: notification.notificationList,
    read: notification.notificationRead,
    rules: notification.notificationRules,
    setRule: notification.notificationSetRule,
    removeRule: notification.notificationRemoveRule,
    test: notification.notificationTest,
  },
};
