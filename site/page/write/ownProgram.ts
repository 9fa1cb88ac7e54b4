import { transform } from 'sucrase';
import type { EngineFailure } from '../engine/engine.ts';

/** Something that is wrong with the code, and where. */
export interface Problem {
  /** Counted from 1; undefined where it is at no line. */
  readonly line: number | undefined;
  readonly message: string;
}

/** The program that stands before the engine in a worker, or why there is none. */
export type OwnProgram =
  | { readonly program: string; readonly problem?: never }
  | { readonly problem: Problem };

/**
 * Makes a function of a module in TypeScript. Its lines stay where they are, so that an error of the worker tells the
 * line of the code; types are taken away, and not checked.
 */
export function ownProgram(code: string): OwnProgram {
  try {
    const { code: script } = transform(code, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      production: true,
    });
    return { program: `self.highwaterOwn = function (exports, require) {${script}\n};\n` };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const [, line] = /\((\d+):\d+\)/.exec(text) ?? [];
    return {
      problem: { line: line === undefined ? undefined : Number(line), message: text },
    };
  }
}

/** What went wrong in the worker, at the line of the code that it comes from, if it comes from one. */
export function problemOf({ message, trace }: EngineFailure, code: string): Problem {
  const lines = code.split('\n').length;
  const places = [...trace.matchAll(/blob:[^\s)]*:(\d+):\d+/g)].map(([, line]) => Number(line));
  return { line: places.find(line => line <= lines), message };
}
