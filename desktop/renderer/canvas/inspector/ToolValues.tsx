import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import { DeclaredValues } from './DeclaredValues.tsx';
import { Part } from './fields.tsx';

/** What goes into a tool and what comes out of it. */
export function ToolValues({ node }: { node: NodeView }) {
  const t = useT();
  return (
    <>
      <Part title={t('canvas.whatGoesIn')} help={{ words: 'fieldHelp.inputs', example: 'fieldHelp.inputs.example' }}>
        <DeclaredValues node={node} side="inputs" defaults />
      </Part>
      <Part
        title={t('canvas.whatComesOut')}
        help={{ words: 'fieldHelp.outputs', example: 'fieldHelp.outputs.example' }}
      >
        <DeclaredValues node={node} side="outputs" />
      </Part>
    </>
  );
}
