import type { Icon } from '@tabler/icons-react';
import {
  IconArrowsSplit2,
  IconBraces,
  IconCode,
  IconFileText,
  IconFileUpload,
  IconFlag,
  IconHourglass,
  IconLayoutColumns,
  IconLifebuoy,
  IconLink,
  IconMathFunction,
  IconMessageCircle,
  IconMessageQuestion,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPuzzle,
  IconRepeat,
  IconRobot,
  IconSitemap,
  IconSparkles,
  IconStack2,
  IconTool,
  IconUserCheck,
  IconWorld,
} from '@tabler/icons-react';
import type { StepKind } from './stepKinds.ts';
import { infoOf } from './stepKinds.ts';

const icons: Record<StepKind, Icon> = {
  review: IconUserCheck,
  question: IconMessageQuestion,
  message: IconMessageCircle,
  ai: IconSparkles,
  agent: IconRobot,
  decide: IconArrowsSplit2,
  each: IconRepeat,
  eachParallel: IconStack2,
  parallel: IconLayoutColumns,
  flow: IconSitemap,
  runFlow: IconPlayerTrackNext,
  catch: IconLifebuoy,
  api: IconWorld,
  tool: IconTool,
  formula: IconMathFunction,
  script: IconCode,
  wait: IconHourglass,
  callback: IconLink,
  readFile: IconFileText,
  writeFile: IconFileUpload,
  start: IconPlayerPlay,
  end: IconFlag,
  unknown: IconPuzzle,
};

/** The glyph of a kind of step alone. */
export function StepGlyph({ kind, size }: { kind: StepKind; size: number }) {
  const Glyph = icons[kind] ?? IconBraces;
  return <Glyph size={size} stroke={1.75} />;
}

/** The tinted square with the glyph of a kind of step; decorative, its word stands beside it. */
export function StepIcon({ kind, size = 32 }: { kind: StepKind; size?: 18 | 24 | 32 }) {
  const Glyph = icons[kind] ?? IconBraces;
  return (
    <span className={`step-icon step-icon-${size} group-${infoOf(kind).group}`} aria-hidden="true">
      <Glyph size={size === 32 ? 18 : size === 24 ? 15 : 12} stroke={1.75} />
    </span>
  );
}
