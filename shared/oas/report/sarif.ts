import type { JsonObject } from '../json.ts';
import { meaningOf } from '../problemCodes.ts';
import type { Problem } from '../problems.ts';
import type { TextRegion } from './places.ts';

/** What was found in one file. */
export interface FileReport {
  /** as an address: relative to where the program runs, or absolute */
  uri: string;
  problems: readonly Problem[];
  place(problem: Problem): TextRegion | undefined;
}

/**
 * A report as SARIF 2.1.0, the form that code hosts and editors read: the codes are the rules, each with what it means
 * and what to do.
 * @param version of this program
 */
export function sarifLog(reports: readonly FileReport[], version: string): JsonObject {
  const codes = [...new Set(reports.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Rondo', version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        artifacts: reports.map(({ uri }) => ({ location: { uri } })),
        results: reports.flatMap((report, file) =>
          report.problems.map((problem) => resultOf(problem, report, file, codes.indexOf(problem.code))),
        ),
      },
    ],
  };
}

function ruleOf(code: string): JsonObject {
  const meaning = meaningOf(code);
  if (meaning === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: meaning.means },
    help: { text: meaning.remedy },
    defaultConfiguration: { level: meaning.severity === 'warning' ? 'warning' : 'error' },
  };
}

function resultOf(problem: Problem, report: FileReport, file: number, rule: number): JsonObject {
  const region = report.place(problem);
  return {
    ruleId: problem.code,
    ruleIndex: rule,
    level: problem.severity,
    message: { text: problem.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: report.uri, index: file },
          ...(region === undefined ? {} : { region: { ...region } }),
        },
        logicalLocations: [{ fullyQualifiedName: problem.pointer === '' ? '/' : problem.pointer, kind: 'element' }],
      },
    ],
  };
}
