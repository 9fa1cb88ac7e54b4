import { coordinatorDefects } from './defects/coordinator.ts';
import { groupHazards } from './defects/hazards.ts';
import { memberDefects } from './defects/member.ts';
import type { GroupsDefect } from './rules.ts';

/** The deliberate defects of the model of groups, and what groups do not survive. */
export const groupsDefects: readonly GroupsDefect[] = [
  ...coordinatorDefects,
  ...memberDefects,
  ...groupHazards,
];
