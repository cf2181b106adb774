import { hkdfSync } from 'node:crypto';
import { apiKey } from '@better-auth/api-key';
import { prismaAdapter } from '@better-auth/prisma-adapter';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { PrismaClient } from '../store/generated/client.ts';
import { transactionAwareClient } from './transactionClient.ts';

/** The address of whoever calls, put in by our own door; what a caller sends under this name is thrown away. */
export const clientAddressHeader = 'x-rondo-client-address';
const days = 24 * 60 * 60;

export interface AuthOptions {
  prisma: PrismaClient;
  /** the installation's key (32 bytes); the key that signs cookies is derived from it */
  key: Buffer;
  /** public address */
  url: string;
  trustedOrigins: readonly string[];
}

/**
 * Sign-in, sessions and API keys through better-auth. People are only made by setup and by invitation, in our own
 * transactions, so signing up is off.
 */
export function createAuth({ prisma, key, url, trustedOrigins }: AuthOptions) {
  const secret = Buffer.from(hkdfSync('sha256', key, '', 'rondo sessions', 32)).toString('hex');
  return betterAuth({
    appName: 'Rondo',
    baseURL: url,
    basePath: '/auth',
    secret,
    trustedOrigins: [...trustedOrigins],
    database: prismaAdapter(transactionAwareClient(prisma), { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        removedAt: { type: 'date', required: false, input: false },
      },
    },
    // A session is not prolonged by reading: nothing changes on GET (G8).
    session: { expiresIn: 30 * days, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 10,
      max: 100,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: { ipAddress: { ipAddressHeaders: [clientAddressHeader] }, cookiePrefix: 'rondo' },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const user = await prisma.user.findUnique({ where: { id: session.userId }, select: { removedAt: true } });
            if (!user || user.removedAt)
              throw new APIError('FORBIDDEN', { message: 'This account was removed from the workspace.' });
          },
        },
      },
    },
    plugins: [
      apiKey({
        defaultPrefix: 'rondo_',
        rateLimit: { enabled: false },
        startingCharactersConfig: { shouldStore: true, charactersLength: 12 },
        keyExpiration: { maxExpiresIn: 366, minExpiresIn: 0 },
      }),
    ],
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;
