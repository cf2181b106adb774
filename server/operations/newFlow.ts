import { isObject, type JsonObject } from '@rondo/shared/oas/json.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { rootComponent } from '@rondo/shared/oas/references.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../store/store.ts';
import { parsed } from './documents.ts';

/** A name as programs write it: small letters, digits and dashes, beginning with a letter. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 50);
  return plain === '' ? 'flow' : plain;
}

/** The slug, with a number where it is taken. The lock makes two flows of one name wait for each other. */
async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`flow slug ${wanted}`}))`;
  const taken = new Set(
    (await tx.flow.findMany({ where: { slug: { startsWith: wanted } }, select: { slug: true } })).map(
      (row) => row.slug,
    ),
  );
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}

/**
 * Stores a document as a new flow; its text stays as it came.
 * @throws {OperationError} INVALID when the text is not an OAS document
 */
export async function storeFlow(
  tx: Transaction,
  flow: { text: string; fileName?: string; name?: string; slug?: string; createdBy: string },
): Promise<{ flowId: string; name: string; problems: Problem[]; tree: JsonObject }> {
  const { tree, problems } = parsed(flow.text, flow.fileName);
  const root = rootComponent(tree);
  const own = isObject(root) ? root : {};
  const name = flow.name ?? (typeof own.name === 'string' && own.name.trim() !== '' ? own.name : 'Imported flow');
  const flowId = uuid();
  await tx.flow.create({
    data: {
      id: flowId,
      slug: await freeSlug(tx, flow.slug ?? slugOf(name)),
      name: name.slice(0, 200),
      description: typeof own.description === 'string' ? own.description.slice(0, 2000) : '',
      draftText: flow.text,
      sourceText: flow.text,
      createdBy: flow.createdBy,
    },
  });
  const seen = new Set(problems.map((problem) => JSON.stringify(problem)));
  const found = validate(tree).filter((problem) => !seen.has(JSON.stringify(problem)));
  return { flowId, name, problems: [...problems, ...found], tree };
}
