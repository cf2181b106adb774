import type { NodeView } from '@rondo/shared/oas/flow.ts';
import { useT } from '../../messages/useT.ts';
import type { StepKind } from '../stepKinds.ts';
import { SetUpAgent } from './SetUpAgent.tsx';
import { SetUpDecide } from './SetUpDecide.tsx';
import { SetUpEnd, SetUpStart } from './SetUpEdges.tsx';
import { SetUpCallback, SetUpFile } from './SetUpFile.tsx';
import { SetUpReview } from './SetUpReview.tsx';
import { SetUpRunFlow } from './SetUpRunFlow.tsx';
import { SetUpSubflow } from './SetUpSubflow.tsx';
import { SetUpAi, SetUpMessage, SetUpQuestion } from './SetUpText.tsx';
import { SetUpCode, SetUpTool } from './SetUpTool.tsx';
import { SetUpWait } from './SetUpWait.tsx';
import { SetUpWebService } from './SetUpWebService.tsx';

/** The fields of a step in plain words, by what it is. */
export function SetUp({ node, kind }: { node: NodeView; kind: StepKind }) {
  const t = useT();
  switch (kind) {
    case 'start':
      return <SetUpStart node={node} />;
    case 'end':
      return <SetUpEnd node={node} />;
    case 'ai':
      return <SetUpAi node={node} />;
    case 'agent':
      return <SetUpAgent node={node} />;
    case 'decide':
      return <SetUpDecide node={node} />;
    case 'review':
      return <SetUpReview node={node} />;
    case 'question':
      return <SetUpQuestion node={node} />;
    case 'message':
      return <SetUpMessage node={node} />;
    case 'api':
      return <SetUpWebService node={node} />;
    case 'formula':
      return <SetUpCode node={node} field="expression" />;
    case 'script':
      return <SetUpCode node={node} field="code" />;
    case 'wait':
      return <SetUpWait node={node} />;
    case 'callback':
      return <SetUpCallback node={node} />;
    case 'runFlow':
      return <SetUpRunFlow node={node} />;
    case 'readFile':
    case 'writeFile':
      return <SetUpFile node={node} writes={kind === 'writeFile'} />;
    case 'tool':
      return <SetUpTool node={node} />;
    case 'flow':
    case 'each':
    case 'eachParallel':
    case 'parallel':
    case 'catch':
      return <SetUpSubflow node={node} kind={kind} />;
    default:
      return <p className="faint">{t('canvas.unknownHelp', { type: node.type })}</p>;
  }
}
