import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// For tests only: the specification's own example documents, which stand beside the checkout where they are at hand.

const beside = fileURLToPath(new URL('../../../shared/', import.meta.url));

export const examplesFolder = `${beside}oas-examples`;
export const oracleScript = `${beside}oracle/accepts.py`;
export const hasExamples = existsSync(examplesFolder);
if (!hasExamples) console.info(`The example documents are not at ${examplesFolder}: tests that read them are skipped.`);

/** Names of the example documents; empty where there are none. */
export function exampleFiles(pattern: RegExp = /\.(json5?|ya?ml)$/): string[] {
  return hasExamples
    ? readdirSync(examplesFolder)
        .filter((name) => pattern.test(name))
        .sort()
    : [];
}
