import ts from 'typescript';
import { parse, placeOf, type SourceFiles, walk } from './sourceFiles.ts';

/** The limits of docs/style 4.1. */
export interface Limits {
  readonly fileLines: number;
  readonly functionLines: number;
  readonly parameters: number;
  readonly lineLength: number;
}

/** Everything that is larger than it may be, one line each. */
export function tooLarge(files: SourceFiles, limits: Limits): string[] {
  return [...files].flatMap(([path, text]) => [
    ...largeFile(path, text, limits),
    ...longLines(path, text, limits),
    ...largeFunctions(path, text, limits),
  ]);
}

function largeFile(path: string, text: string, { fileLines }: Limits): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines > fileLines ? [`${path} has ${lines} lines, limit ${fileLines}`] : [];
}

function longLines(path: string, text: string, { lineLength }: Limits): string[] {
  return text.split('\n').flatMap((line, index) => {
    const { length } = line;
    return length > lineLength
      ? [`${path}:${index + 1} has ${length} characters, limit ${lineLength}`]
      : [];
  });
}

function largeFunctions(
  path: string,
  text: string,
  { functionLines, parameters }: Limits,
): string[] {
  const file = parse(path, text);
  const found: string[] = [];
  walk(file, node => {
    if (!ts.isFunctionLike(node)) return;
    const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
    const lines = lineOf(node.end) - lineOf(node.getStart(file)) + 1;
    const count = node.parameters.length;
    if (lines > functionLines)
      found.push(`${placeOf(file, node)} function of ${lines} lines, limit ${functionLines}`);
    if (count > parameters)
      found.push(`${placeOf(file, node)} ${count} parameters, limit ${parameters}`);
  });
  return found;
}
