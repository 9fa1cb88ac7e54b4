import { useState } from 'preact/hooks';
import type { GoTo } from '../controls/useStep.ts';
import type { Span } from '../layout/layout.ts';
import type { PropertyRow } from '../layout/propertyRows.ts';
import type { Scale } from '../layout/scale.ts';
import { PropertyLine } from './PropertyLine.tsx';

/** So many rows are shown without asking, and always those that are violated or reached. */
const MOST = 4;

interface PropertyStripProps {
  readonly rows: readonly PropertyRow[];
  readonly scale: Scale;
  /** The columns that are drawn. */
  readonly shown: Span;
  readonly step: number;
  readonly goTo: GoTo;
}

/** What becomes of the properties, below the diagram and in its columns. */
export function PropertyStrip({ rows, scale, shown, step, goTo }: PropertyStripProps) {
  const [isOpen, setOpen] = useState(false);
  if (rows.length === 0) return null;
  const decided = rows.filter((row, index) => row.decided || index === 0).length;
  const first = rows.length <= MOST ? rows.length : decided;
  const more = rows.length - first;
  return (
    <section class="properties" aria-label="Properties">
      {rows.slice(0, isOpen ? rows.length : first).map(row => (
        <PropertyLine
          key={row.name}
          row={row}
          scale={scale}
          shown={shown}
          step={step}
          goTo={goTo}
        />
      ))}
      {more > 0 && (
        <button
          type="button"
          class="more sticky"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen
            ? 'only what is decided'
            : `${more} more ${more === 1 ? 'property' : 'properties'}`}
        </button>
      )}
    </section>
  );
}
