import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';

export const folderList = defineRead(c.folder.list, async ({ prisma }) => {
  const [folders, counts] = await Promise.all([
    prisma.flowFolder.findMany({ orderBy: { name: 'asc' } }),
    prisma.flow.groupBy({ by: ['folderId'], where: { archivedAt: null }, _count: { _all: true } }),
  ]);
  const inFolder = new Map(counts.map((row) => [row.folderId, row._count._all]));
  return {
    folders: folders.map(({ id, name }) => ({ id, name, flows: inFolder.get(id) ?? 0 })),
    loose: inFolder.get(null) ?? 0,
    all: counts.reduce((sum, row) => sum + row._count._all, 0),
  };
});

/** @throws {OperationError} CONFLICT where another folder has the name */
async function refuseTaken(tx: Transaction, name: string, but?: string): Promise<void> {
  // Two that are made at once wait for each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('folders of flows'))`;
  const taken = await tx.flowFolder.findFirst({
    where: { name: { equals: name, mode: 'insensitive' }, ...(but === undefined ? {} : { id: { not: but } }) },
  });
  if (taken) throw new OperationError('CONFLICT', said('refused.folderTaken', { name: taken.name }));
}

export const folderCreate = defineWrite(
  c.folder.create,
  (input, output) => ({ kind: 'folder', id: output?.folderId ?? '', name: input.name }),
  async ({ tx }, { name }) => {
    await refuseTaken(tx, name);
    const folderId = uuid();
    await tx.flowFolder.create({ data: { id: folderId, name } });
    return { folderId };
  },
);

export const folderRename = defineWrite(
  c.folder.rename,
  (input) => ({ kind: 'folder', id: input.folderId, name: input.name }),
  async ({ tx, audited }, { folderId, name }) => {
    const folder = await tx.flowFolder.findUnique({ where: { id: folderId } });
    if (!folder) throw notFound('folder');
    await refuseTaken(tx, name, folderId);
    audited({ details: { before: folder.name } });
    await tx.flowFolder.update({ where: { id: folderId }, data: { name } });
    return {};
  },
);

export const folderRemove = defineWrite(
  c.folder.remove,
  (input) => ({ kind: 'folder', id: input.folderId }),
  async ({ tx, audited }, { folderId }) => {
    const folder = await tx.flowFolder.findUnique({ where: { id: folderId } });
    if (!folder) throw notFound('folder');
    audited({ name: folder.name });
    await tx.flowFolder.delete({ where: { id: folderId } });
    return {};
  },
);
