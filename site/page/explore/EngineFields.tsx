import type { FieldsProps } from './fieldsProps.ts';

/** How a model is explored, and how far. */
export function EngineFields({ request, model, change }: FieldsProps) {
  const { engine } = request;
  return (
    <div class="line">
      <label>
        <input
          type="radio"
          name="engine"
          checked={engine === 'exhaustive'}
          onChange={() => change({ engine: 'exhaustive', bounds: {} })}
        />{' '}
        every state{model.isCoverable ? '' : ' (there are too many to cover)'}
      </label>
      <label>
        <input
          type="radio"
          name="engine"
          checked={engine === 'random'}
          onChange={() => change({ engine: 'random', bounds: {} })}
        />{' '}
        at random
      </label>
      {engine === 'exhaustive' ? (
        <Count name="maxStates" label="at most so many states" {...{ request, model, change }} />
      ) : (
        <>
          <Count name="seed" label="seed" {...{ request, model, change }} />
          <Count name="runs" label="runs" {...{ request, model, change }} />
          <Count name="maxSteps" label="steps of a run at most" {...{ request, model, change }} />
        </>
      )}
    </div>
  );
}

interface CountProps extends FieldsProps {
  readonly name: 'seed' | 'runs' | 'maxSteps' | 'maxStates';
  readonly label: string;
}

function Count({ name, label, request, change }: CountProps) {
  return (
    <label>
      {label}{' '}
      <input
        type="number"
        min={1}
        value={request[name]}
        onChange={event => change({ [name]: Math.max(1, Number(event.currentTarget.value)) })}
      />
    </label>
  );
}
