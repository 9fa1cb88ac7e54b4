import { stepText } from '../../../checker/trace/stepText.ts';
import type { Run } from '../run.ts';
import { ControlButton } from './ControlButton.tsx';
import { CopyLink } from './CopyLink.tsx';
import { placeText } from './placeText.ts';
import type { Player } from './usePlayer.ts';
import type { Stepping } from './useStep.ts';

interface ControlsProps {
  readonly runs: readonly Run[];
  readonly stepping: Stepping;
  readonly player: Player;
}

/** Steps through all runs together. */
export function Controls({ runs, stepping, player }: ControlsProps) {
  const { step, last, back, goTo, goBy } = stepping;
  const [only] = runs;
  const said = runs.length === 1 && only !== undefined ? stepText(only.trace, step) : undefined;
  const place = placeText(step, last);
  const { isPlaying, toggle } = player;
  return (
    <div class="bar">
      <fieldset class="controls" aria-label="Steps">
        <ControlButton name="first step" icon="first" isOff={step === 0} press={() => goTo(0)} />
        <ControlButton
          name="previous step"
          icon="previous"
          isOff={step === 0}
          press={() => goBy(-1)}
        />
        <ControlButton
          name={isPlaying ? 'pause' : 'play'}
          icon={isPlaying ? 'pause' : 'play'}
          press={toggle}
        />
        <ControlButton
          name="next step"
          icon="next"
          isOff={step === last && back === undefined}
          press={() => goBy(1)}
        />
        <ControlButton
          name="last step"
          icon="last"
          isOff={step === last}
          press={() => goTo(last)}
        />
      </fieldset>
      <input
        class="slider"
        type="range"
        min={0}
        max={last}
        value={step}
        aria-label="step"
        aria-valuetext={place}
        onInput={event => goTo(Number(event.currentTarget.value))}
      />
      <div class="place" role="status" aria-live="polite">
        <strong>{place}</strong>
        {said !== undefined && <span class="said">{said}</span>}
      </div>
      <CopyLink />
    </div>
  );
}
