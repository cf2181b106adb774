import { describe, expect, it } from 'vitest';
import { commandsRemembered, remember } from './derivation.ts';

const move = (x: number) => ({ type: 'move' as const, node: 'a', x, y: 0 });

describe('how a tree came about', () => {
  it('is the commands of all steps in between, in their order', () => {
    const [a, b, c] = [{ n: 1 }, { n: 2 }, { n: 3 }];
    remember(a, [move(1)], b);
    remember(b, [move(2), move(3)], c);
    expect(commandsRemembered(a, c)).toEqual([move(1), move(2), move(3)]);
    expect(commandsRemembered(b, c)).toEqual([move(2), move(3)]);
    expect(commandsRemembered(c, c)).toEqual([]);
  });

  it('is not known backwards, nor for a tree that came from elsewhere', () => {
    const [a, b, other] = [{ n: 1 }, { n: 2 }, { n: 3 }];
    remember(a, [move(1)], b);
    expect(commandsRemembered(b, a)).toBeUndefined();
    expect(commandsRemembered(other, b)).toBeUndefined();
  });

  it('ends after many steps', () => {
    let at = { n: 0 };
    const first = at;
    for (let n = 1; n <= 201; n += 1) {
      const next = { n };
      remember(at, [move(n)], next);
      at = next;
    }
    expect(commandsRemembered(first, at)).toBeUndefined();
  });
});
