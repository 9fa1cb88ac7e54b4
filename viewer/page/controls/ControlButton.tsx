type Icon = 'first' | 'previous' | 'play' | 'pause' | 'next' | 'last';

/** Drawn on a square of 16. */
const paths: Readonly<Record<Icon, string>> = {
  first: 'M3 3h2v10H3zM13 3v10L6 8z',
  previous: 'M11.5 3v10L4.5 8z',
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  next: 'M4.5 3v10l7-5z',
  last: 'M11 3h2v10h-2zM3 3v10l7-5z',
};

interface ControlButtonProps {
  readonly name: string;
  readonly icon: Icon;
  readonly isOff?: boolean;
  readonly press: () => void;
}

/** A button with a sign; one that does nothing just now can still have the focus. */
export function ControlButton({ name, icon, isOff = false, press }: ControlButtonProps) {
  return (
    <button
      type="button"
      class={`control control-${icon}`}
      aria-label={name}
      title={name}
      aria-disabled={isOff}
      onClick={isOff ? undefined : press}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={paths[icon]} />
      </svg>
    </button>
  );
}
