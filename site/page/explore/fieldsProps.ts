import type { ExploreRequest } from '../../engine/messages.ts';
import type { ModelSheet } from '../../engine/modelSheet.ts';

/** What the fields of a request have in common. */
export interface FieldsProps {
  readonly request: ExploreRequest;
  readonly model: ModelSheet;
  readonly change: (part: Partial<ExploreRequest>) => void;
}
