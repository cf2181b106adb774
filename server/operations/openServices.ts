import { join } from 'node:path';
import type { Logger } from 'pino';
import { Access } from '../access/access.ts';
import { createAuth } from '../access/auth.ts';
import type { BlobStore } from '../blobs/blobStore.ts';
import type { LargeValues } from '../journal/largeValues.ts';
import type { Outlets } from '../notify/outlets.ts';
import type { SecretStore } from '../secrets/secretStore.ts';
import { clock } from '../store/clock.ts';
import type { Store } from '../store/store.ts';
import { Documents } from './documents.ts';
import { Samples } from './samples.ts';
import type { Live, Runs, Services } from './services.ts';

export interface ServiceParts {
  store: Store;
  runs: Runs;
  live: Live;
  log: Logger;
  /** 32 bytes */
  key: Buffer;
  secrets: SecretStore;
  url: string;
  trustedOrigins: readonly string[];
  /** the folder that holds `flows/` */
  root: string;
  blobs: BlobStore;
  large: LargeValues;
  fileLimit: number;
  onWebhookCall: Services['onWebhookCall'];
  outlets: Outlets;
  version: string;
}

/** Puts together what operations work with. */
export function openServices(parts: ServiceParts): Services {
  const { store, runs, live, log, secrets, url, version } = parts;
  const auth = createAuth({ prisma: store.prisma, key: parts.key, url, trustedOrigins: parts.trustedOrigins });
  return {
    store,
    prisma: store.prisma,
    auth,
    access: new Access(auth, store.prisma),
    secrets,
    runs,
    documents: new Documents(store),
    samples: new Samples(join(parts.root, 'flows'), url),
    blobs: parts.blobs,
    large: parts.large,
    fileLimit: parts.fileLimit,
    onWebhookCall: parts.onWebhookCall,
    outlets: parts.outlets,
    log,
    live,
    url,
    version,
    now: () => clock.now(),
  };
}
