import { useQuery } from '@tanstack/react-query';
import { useContext } from 'react';
import { OtherFlowsContext } from './otherFlows.ts';

/** The tools of the workspace that a step or an agent may call by name. */
export function useWorkspaceTools() {
  const { tools } = useContext(OtherFlowsContext);
  return useQuery({ queryKey: ['tool', 'list', 'canvas'], queryFn: tools });
}
