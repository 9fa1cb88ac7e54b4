import type { CommandIo } from '../output/io.ts';
import { exploreScopes } from './exploreScopes.ts';
import { mergeProperties } from './mergeProperties.ts';
import type { CheckOptions } from './options.ts';
import type { PlannedSubject } from './plannedSubject.ts';
import type { Subject } from './subject.ts';

/** Explores all scopes of all subjects at once, so that no job waits for the end of a subject. */
export async function exploreSubjects(
  planned: readonly PlannedSubject[],
  options: CheckOptions,
  io: CommandIo,
): Promise<Subject[]> {
  const all = planned.flatMap(({ scopes }) => scopes);
  const explored = await exploreScopes(all, options, io);
  let taken = 0;
  return planned.map(subject => {
    const scopes = explored.slice(taken, taken + subject.scopes.length);
    taken += scopes.length;
    return { ...subject, scopes, properties: mergeProperties(scopes) };
  });
}
