/** How much narrower or wider columns become each time, and how far they may. */
const FACTOR = 1.5;
const NARROWEST = FACTOR ** -3;
const WIDEST = FACTOR ** 3;

interface ZoomProps {
  readonly zoom: number;
  readonly setZoom: (zoom: number) => void;
}

/** Makes columns narrower, to see more of a long run, or wider. */
export function Zoom({ zoom, setZoom }: ZoomProps) {
  const to = (factor: number): void =>
    setZoom(Math.min(WIDEST, Math.max(NARROWEST, zoom * factor)));
  return (
    <fieldset class="zoom" aria-label="Zoom">
      <button type="button" class="more" aria-label="zoom out" onClick={() => to(1 / FACTOR)}>
        −
      </button>
      <button type="button" class="more" aria-label="zoom in" onClick={() => to(FACTOR)}>
        +
      </button>
    </fieldset>
  );
}
