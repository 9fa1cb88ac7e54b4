import { type Came, explored, type Scene, storiesOf } from './explored.ts';
import { type Fault, type System, systemName, systems } from './faults.ts';

/** A shortest run to something that is not so in every system. */
interface Story {
  readonly scene: Scene;
  /** The first of the systems in which it is. */
  readonly system: string;
  /** Its steps, as traces print them. */
  readonly steps: readonly string[];
}

/** What a fault comes to in each system, and the stories of what differs. */
export interface Compared {
  readonly fault: string;
  readonly came: Readonly<Record<string, Came>>;
  readonly stories: readonly Story[];
}

/** What can be in a system: each with what kind of scene it is. */
export function scenesOf({ beliefs, endings, broken }: Came): Scene[] {
  return [
    ...broken.map((what): Scene => ({ kind: 'broken', what })),
    ...endings.map((what): Scene => ({ kind: 'ending', what })),
    ...beliefs.map((what): Scene => ({ kind: 'belief', what })),
  ];
}

/** The scenes that are in some of the systems and not in others, the first system first. */
export function differing(came: Readonly<Record<string, Came>>): Scene[] {
  const all = Object.values(came).map(scenesOf);
  const found = new Map(all.flat().map(scene => [keyOf(scene), scene]));
  return [...found.values()].filter(scene => !all.every(scenes => includes(scenes, scene)));
}

/** Whether a scene is among these. */
export function includes(scenes: readonly Scene[], scene: Scene): boolean {
  return scenes.some(each => keyOf(each) === keyOf(scene));
}

function keyOf({ kind, what }: Scene): string {
  return `${kind}: ${what}`;
}

/** Explores a fault in every system, and plays what differs. */
export async function compared(fault: Fault): Promise<Compared> {
  const came: Record<string, Came> = {};
  for (const system of systems) came[systemName(system)] = await explored(fault, system);
  const stories: Story[] = [];
  const told: Scene[] = [];
  for (const system of systems) {
    const scenes = differing(came).filter(
      scene => isIn(came, system, scene) && !includes(told, scene),
    );
    told.push(...scenes);
    if (scenes.length === 0) continue;
    const steps = await storiesOf(fault, system, scenes);
    for (const [index, scene] of scenes.entries()) {
      stories.push({ scene, system: systemName(system), steps: steps[index] ?? [] });
    }
  }
  return { fault: fault.name, came, stories };
}

function isIn(came: Readonly<Record<string, Came>>, system: System, scene: Scene): boolean {
  const found = came[systemName(system)];
  return found !== undefined && includes(scenesOf(found), scene);
}
