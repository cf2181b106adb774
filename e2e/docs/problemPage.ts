import { type CodeMeaning, codeGroups } from '@rondo/shared/oas/problemCodes.ts';
import { repairableCodes } from '@rondo/shared/oas/repairs.ts';

const severities: Record<CodeMeaning['severity'], string> = {
  error: 'error',
  warning: 'warning',
  either: 'error or warning',
};

/** The page that lists every code of a problem, with what it means and what to do. */
export function problemPage(): string {
  const parts = Object.entries(codeGroups).map(([title, codes]) => {
    const rows = Object.entries(codes as { [code: string]: CodeMeaning }).map(([code, { severity, means, remedy }]) => {
      const mended = repairableCodes.includes(code) ? ' A repair may be offered.' : '';
      return `| \`${code}\` | ${severities[severity]} | ${means} | ${remedy}${mended} |`;
    });
    return [`## ${title}`, '', '| code | | what it means | what to do |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
  });
  return `# Problems of documents

Made from \`shared/oas/problemCodes.ts\`; do not edit. Codes are stable: programs may rely on them, people read the message beside them; \`said\` names that sentence and what stands in it, so that a client can say it in another language. An error keeps a flow from being published; a warning does not. Where a repair is offered, it is a row of edits after which the problem is gone and no other has come.

${parts.join('\n\n')}
`;
}
