import { describe, expect, it } from 'vitest';
import { contracts } from '../operations/contract/index.ts';
import { operations } from '../operations/registry.ts';
import { allows, permissions, permissionsOf, type Role, roles } from './permissions.ts';

/** Who may call what, written down a second time and by hand: a change of the table must be meant. */
const everybody: Role[] = ['owner', 'admin', 'builder', 'reviewer', 'viewer'];
const builders: Role[] = ['owner', 'admin', 'builder'];
const reviewers: Role[] = ['owner', 'admin', 'builder', 'reviewer'];
const admins: Role[] = ['owner', 'admin'];
const expected: Record<string, Role[] | 'public'> = {
  'setup.status': 'public',
  'setup.createOwner': 'public',
  'invite.look': 'public',
  'invite.accept': 'public',
  'me.get': everybody,
  'me.speak': everybody,
  'person.list': admins,
  'invite.list': admins,
  'person.invite': admins,
  'person.revokeInvite': admins,
  'person.setRole': admins,
  'person.remove': admins,
  'group.list': admins,
  'group.save': admins,
  'group.remove': admins,
  'assignee.list': builders,
  'apikey.list': builders,
  'apikey.create': builders,
  'apikey.revoke': builders,
  'flow.list': everybody,
  'flow.names': everybody,
  'flow.arrange': builders,
  'folder.list': everybody,
  'folder.create': builders,
  'folder.rename': builders,
  'folder.remove': builders,
  'sample.list': everybody,
  'sample.get': everybody,
  'flow.get': everybody,
  'flow.state': everybody,
  'flow.export': everybody,
  'flow.versions': everybody,
  'flow.history': everybody,
  'flow.version': everybody,
  'flow.create': builders,
  'flow.import': builders,
  'flow.edit': builders,
  'flow.undo': builders,
  'flow.redo': builders,
  'flow.rename': builders,
  'flow.duplicate': builders,
  'flow.archive': builders,
  'flow.publish': builders,
  'flow.pause': builders,
  'flow.resume': builders,
  'flow.configure': builders,
  'flow.checkKey': everybody,
  'webhook.list': builders,
  'webhook.create': builders,
  'webhook.update': builders,
  'webhook.rotate': builders,
  'webhook.remove': builders,
  'webhook.deliveries': builders,
  'webhook.delivery': builders,
  'webhook.resend': admins,
  'startForm.list': builders,
  'startForm.create': builders,
  'startForm.revoke': builders,
  'startForm.look': 'public',
  'startForm.submit': 'public',
  'flowLink.list': everybody,
  'flowLink.create': builders,
  'flowLink.update': builders,
  'flowLink.remove': builders,
  'flowLink.fires': everybody,
  'event.send': builders,
  'run.start': reviewers,
  'run.list': everybody,
  'run.get': everybody,
  'run.events': everybody,
  'run.value': everybody,
  'file.get': everybody,
  'retention.get': everybody,
  'retention.preview': everybody,
  'retention.set': admins,
  'run.cancel': builders,
  'run.pause': builders,
  'run.resume': builders,
  'run.retry': reviewers,
  'run.hold': builders,
  'bulk.preview': everybody,
  'bulk.start': builders,
  'bulk.get': everybody,
  'bulk.list': everybody,
  'bulk.stop': builders,
  'queue.get': everybody,
  'queue.pause': admins,
  'queue.resume': admins,
  'worker.list': admins,
  'worker.drain': admins,
  'review.list': everybody,
  'review.get': everybody,
  'review.decide': reviewers,
  'schedule.list': everybody,
  'schedule.preview': everybody,
  'schedule.fires': everybody,
  'schedule.fire': builders,
  'schedule.health': everybody,
  'schedule.calendar': everybody,
  'schedule.create': builders,
  'schedule.update': builders,
  'schedule.remove': builders,
  'audit.list': admins,
  'audit.verify': admins,
  'tool.list': everybody,
  'tool.get': builders,
  'tool.save': builders,
  'tool.remove': builders,
  'usage.list': everybody,
  'model.list': everybody,
  'secret.list': admins,
  'secret.set': admins,
  'secret.remove': admins,
  'home.get': everybody,
  'notification.list': everybody,
  'notification.read': everybody,
  'notification.rules': everybody,
  'notification.setRule': everybody,
  'notification.removeRule': everybody,
  'notification.test': everybody,
};

describe('access', () => {
  it('every contract has an operation, and every operation stands in the list of who may call it', () => {
    const contracted = Object.values(contracts).flatMap((noun) => Object.values(noun).map((one) => one.name));
    expect([...operations.keys()].sort()).toEqual(contracted.sort());
    expect(Object.keys(expected).sort()).toEqual(contracted.sort());
  });

  for (const [name, allowed] of Object.entries(expected))
    it(`${name}: ${allowed === 'public' ? 'public' : allowed.join(', ')}`, () => {
      const access = operations.get(name)?.contract.access;
      if (allowed === 'public' || access === 'public' || access === undefined) expect(access).toBe(allowed);
      else expect(roles.filter((role) => allows(role, access))).toEqual(allowed);
    });

  it('a mightier role may do all that a lesser one may', () => {
    for (const [index, role] of roles.entries()) {
      const lesser = roles[index + 1];
      for (const permission of lesser ? permissionsOf(lesser) : []) expect(permissionsOf(role)).toContain(permission);
    }
    expect(permissionsOf('owner')).toEqual(permissions);
  });

  it('every write is audited, every read is a read', () => {
    for (const { contract, audit } of operations.values()) {
      if (contract.kind === 'read') expect(audit, contract.name).toBe('none');
      else expect(audit, contract.name).not.toBe('none');
      if (audit === 'journal')
        expect(['run.start', 'run.retry', 'schedule.fire', 'startForm.submit']).toContain(contract.name);
    }
  });
});
