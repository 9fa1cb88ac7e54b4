import { persistentChoices, type Searched, searchAmple, stubbornChoices } from './ample.ts';
import {
  byFootprints,
  byLocalFootprints,
  byTrial,
  nothingVisible,
  visibleByReads,
  visibleByTrial,
} from './independence.ts';
import { searchAsleep } from './sleep.ts';
import type { StateGraph } from './stateGraph.ts';

/** A way to search less of a graph. */
export interface Reduction {
  readonly name: string;
  /** Whether it finds of the properties what a search of everything finds. */
  readonly keeps: 'every finding' | 'what breaks' | 'nothing';
  search(graph: StateGraph): Searched;
}

/** From what could be built to what could not be bettered. */
export const reductions: readonly Reduction[] = [
  {
    name: 'ample sets, from footprints',
    keeps: 'what breaks',
    search: graph => searchAmple(graph, visibleByReads(graph), stubbornChoices(graph)),
  },
  {
    name: 'ample sets, perfect knowledge',
    keeps: 'what breaks',
    search: graph => searchAmple(graph, visibleByReads(graph), best(graph)),
  },
  {
    name: 'ample sets, perfect knowledge, also of what is noticed',
    keeps: 'what breaks',
    search: graph => searchAmple(graph, visibleByTrial(graph), best(graph)),
  },
  {
    name: 'ample sets, from footprints, properties ignored',
    keeps: 'nothing',
    search: graph => searchAmple(graph, nothingVisible(graph), stubbornChoices(graph)),
  },
  {
    name: 'ample sets, perfect knowledge, properties ignored',
    keeps: 'nothing',
    search: graph => searchAmple(graph, nothingVisible(graph), best(graph)),
  },
  {
    name: 'sleep sets, from footprints of all states',
    keeps: 'nothing',
    search: graph => searchAsleep(graph, byFootprints(graph)),
  },
  {
    name: 'sleep sets, from footprints of the step and its properties',
    keeps: 'every finding',
    search: graph => searchAsleep(graph, byLocalFootprints('withProperties')),
  },
  {
    name: 'sleep sets, from footprints of the step',
    keeps: 'nothing',
    search: graph => searchAsleep(graph, byLocalFootprints('touched')),
  },
  {
    name: 'sleep sets, perfect knowledge',
    keeps: 'nothing',
    search: graph => searchAsleep(graph, byTrial(graph)),
  },
];

function best(graph: StateGraph): ReturnType<typeof persistentChoices> {
  return persistentChoices(graph, byTrial(graph));
}
