import * as library from '@huggingface/jinja';

/** The parts of the library that are used. Its own declarations do not resolve under Node's module rules. */
interface Jinja {
  tokenize(source: string, options: { trim_blocks: boolean; lstrip_blocks: boolean }): unknown;
  parse(tokens: unknown): unknown;
  Environment: new () => { set(name: string, value: unknown): void };
  Interpreter: new (
    environment: unknown,
  ) => {
    evaluate(statement: unknown, environment: unknown): unknown;
    run(program: unknown): { value: unknown };
  };
}

export const { tokenize, parse, Environment, Interpreter } = library as unknown as Jinja;
