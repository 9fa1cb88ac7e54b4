import { builtInModels } from '../../catalogue/models.ts';
import { renderText } from '../../checker/trace/renderText.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { Commentary } from '../commentary.ts';
import type { Project } from '../project/project.ts';

/** How a story is told. */
export interface StoryTextOptions {
  /** The widest line, in characters; 80 if absent. */
  readonly width?: number;
  /** The models that there are; those of this package if absent. */
  readonly project?: Project;
}

/**
 * A trace as people read it: what broke, a sequence diagram of the steps, and what the model says of them.
 * The same as `highwater show` prints, without colours.
 */
export function storyText(trace: TraceFile, options: StoryTextOptions = {}): string {
  const { width = 80, project } = options;
  const commentary = new Commentary(project?.models ?? builtInModels);
  return renderText(commentary.on(trace), { width });
}
