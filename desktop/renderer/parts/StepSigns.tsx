import { StepIcon } from '../canvas/StepIcon.tsx';
import { kindOf, type StepKind } from '../canvas/stepKinds.ts';

/** What the server says of a step in a list. */
export interface StepSign {
  type: string;
  tool: string;
}

/** The kind of step that a sign stands for. */
export function kindOfSign({ type, tool }: StepSign): StepKind {
  if (type === 'ToolNode' && tool === 'review') return 'review';
  return kindOf(type, tool === '' ? undefined : { component_type: 'BuiltinTool', tool_type: tool });
}

/** A flow's first steps as a row of icons; decorative. */
export function StepSigns({ signs }: { signs: StepSign[] }) {
  return (
    <span className="row" style={{ gap: 4, flexWrap: 'nowrap' }} aria-hidden="true">
      {signs.map((sign, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the row is made anew with its flow
        <StepIcon key={index} kind={kindOfSign(sign)} size={24} />
      ))}
    </span>
  );
}
