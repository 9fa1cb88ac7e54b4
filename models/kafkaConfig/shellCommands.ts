import { type ComposeService, commandOf } from './composeService.ts';
import type { FoundProperty } from './foundProperty.ts';

/** Where a command stands. */
export type CommandPlace = Pick<FoundProperty, 'file' | 'place'>;

/** One command that a service runs. */
export interface ShellCommand {
  readonly from: CommandPlace;
  /** Its program and arguments, without quotes. */
  readonly text: string;
}

/**
 * The commands of a service that run this program, one after the other; those in a `for` loop once for
 * each of its words. It is no shell: what a command computes stays as it is written.
 */
export function commandsOf(service: ComposeService, program: string): readonly ShellCommand[] {
  const text = commandOf(service);
  if (!text.includes(program)) return [];
  const { file, place } = service.command ?? service.entrypoint ?? service.at;
  const plain = text.replace(/\\\r?\n/g, ' ').replace(/["'`\\]/g, '');
  const loops = [...plain.matchAll(/\bfor\s+(\w+)\s+in\s+([^;\n]*)[;\n]/g)];
  const runs = new RegExp(`${program}(?:\\.sh)?\\s`);
  const commands = plain.split(/\n|;|&&|\|\|/).filter(command => runs.test(command));
  return commands
    .flatMap(command => {
      const loop = loops.find(([, name = '']) => new RegExp(`\\$\\{?${name}\\b`).test(command));
      return loop === undefined ? [command] : unrolled(command, loop);
    })
    .map(command => ({ from: { file, place }, text: command }));
}

function unrolled(command: string, [, name = '', words = '']: RegExpExecArray): readonly string[] {
  const variable = new RegExp(`\\$\\{?${name}\\b\\}?`, 'g');
  const all = words.split(/\s+/).filter(word => word !== '');
  return all.map(word => command.replace(variable, word));
}

/** `--name value` and `--name=value`, each name with all of its values. */
export function optionsIn(command: string): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const [, name = '', value = ''] of command.matchAll(/--([a-z-]+)(?:[=\s]+(?!--)(\S+))?/g)) {
    result.set(name, [...(result.get(name) ?? []), value]);
  }
  return result;
}

/** `name=value` pairs as properties that stand there. */
export function pairsAt(from: CommandPlace, pairs: readonly string[]): Map<string, FoundProperty> {
  return new Map(
    pairs.flatMap((pair): [string, FoundProperty][] => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [] : [[pair.slice(0, equals), { ...from, text: pair.slice(equals + 1) }]];
    }),
  );
}
