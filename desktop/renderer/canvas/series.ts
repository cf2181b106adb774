import type { EditCommand } from '@rondo/shared/oas/edit.ts';

const pause = 1_000;

/** Gestures that follow each other within a second and are one for undo: the arrow key that is pressed again and again. */
export interface Series {
  /** the waiting gesture that another one of this name goes on with; undefined where it begins anew */
  gesture(name: string): string | undefined;
  /** A gesture of this name waits for another one to go on with it. */
  wait(name: string, gesture: string): void;
  /** whether a gesture still waits for others, and so is not sent */
  holds(gesture: string): boolean;
  /** Nothing waits for others any more. @returns whether something did */
  end(): boolean;
}

/** @param ended is told when nothing followed for a second */
export function createSeries(ended: () => void): Series {
  let open: { name: string; gesture: string } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    const was = open !== null;
    open = null;
    return was;
  };
  return {
    gesture: (name) => (open?.name === name ? open.gesture : undefined),
    wait(name, gesture) {
      end();
      open = { name, gesture };
      timer = setTimeout(() => {
        end();
        ended();
      }, pause);
    },
    holds: (gesture) => open?.gesture === gesture,
    end,
  };
}

/** The commands of two gestures as those of one: of a step that is moved twice, only the place where it ends. */
export function inOneGo(earlier: readonly EditCommand[], later: readonly EditCommand[]): EditCommand[] {
  const moved = new Set(later.map((command) => (command.type === 'move' ? command.node : undefined)));
  return [...earlier.filter((command) => command.type !== 'move' || !moved.has(command.node)), ...later];
}
