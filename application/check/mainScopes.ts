import { kraftSubject } from './mainScopes/kraft.ts';
import { replicationSubject } from './mainScopes/replication.ts';
import type { SubjectPlan } from './subject.ts';

/** What `check` explores without files: each model with its defaults. */
export const mainSubjects: readonly SubjectPlan[] = [replicationSubject, kraftSubject];
