import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { kraftDefects } from '../../models/kraft/defects.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { manifest as kraftScopes } from '../models/kraft/manifest.ts';
import { kraftIn } from '../models/kraft/scope.ts';
import { manifest as replicationScopes } from '../models/replication/manifest.ts';
import { replicationIn } from '../models/replication/scope.ts';
import { figures as kraftFigures } from './kraftFigures.ts';
import { figures as replicationFigures } from './replicationFigures.ts';

/** A scope of a model, in which something is wrong or nothing is. */
export interface Subject {
  readonly name: string;
  /** The length of the runs to look at; absent: all of them. */
  readonly steps?: number;
  scope(): { readonly model: AnyModel; readonly properties: readonly AnyProperty[] };
}

/** Which defects and scopes to take. */
export interface Selection {
  /** By the length of a shortest counterexample. */
  isShort(steps: number): boolean;
  /** By the distinct states of the scope. */
  isSmall(distinct: number): boolean;
}

/** The length of a shortest counterexample. */
function stepsOf(name: string): number {
  const known = replicationFigures[name] ?? kraftFigures[name];
  if (known === undefined) throw new Error(`no figures for ${name}`);
  return known.steps;
}

/** A masked defect goes with the one that takes away what hides it. */
function together<Defect extends { name: string; masked?: { readonly unmaskedBy: string } }>(
  defect: Defect,
  all: readonly Defect[],
): readonly Defect[] {
  return [defect, ...all.filter(({ name }) => name === defect.masked?.unmaskedBy)];
}

/** Defects, and scopes without any, of both models; a defect is looked at to where it is found. */
export function subjectsOf({
  isShort,
  isSmall,
}: Selection): Readonly<Record<string, readonly Subject[]>> {
  return {
    'defects of replication': replicationDefects
      .filter(({ name }) => isShort(stepsOf(name)))
      .map(defect => ({
        name: defect.name,
        steps: stepsOf(defect.name),
        scope: () => replicationIn({ ...defect, defects: together(defect, replicationDefects) }),
      })),
    'defects of the quorum': kraftDefects
      .filter(({ name }) => isShort(stepsOf(name)))
      .map(defect => ({
        name: defect.name,
        steps: stepsOf(defect.name),
        scope: () => kraftIn({ ...defect, defects: together(defect, kraftDefects) }),
      })),
    'scopes of replication': replicationScopes
      .filter(({ counts }) => isSmall(counts.distinct))
      .map(({ name, scope }) => ({ name, scope: () => replicationIn(scope) })),
    'scopes of the quorum': kraftScopes
      .filter(({ counts }) => isSmall(counts.distinct))
      .map(({ name, scope }) => ({ name, scope: () => kraftIn(scope) })),
  };
}
