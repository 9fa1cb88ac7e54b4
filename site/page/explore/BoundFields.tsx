import type { FieldsProps } from './fieldsProps.ts';

/** Every bound with what it limits; what is left empty is as in the scope of the model, or of the bug. */
export function BoundFields({ request, model, change }: FieldsProps) {
  const { bounds, engine, defects } = request;
  const set = (name: string, text: string): void => {
    const { [name]: _, ...others } = bounds;
    change({ bounds: /^\d+$/.test(text) ? { ...others, [name]: Number(text) } : others });
  };
  return (
    <dl class="fields">
      {model.bounds.map(({ name, meaning, ...scopes }) => (
        <div key={name}>
          <dt>
            <label>
              {name}{' '}
              <input
                type="number"
                min={0}
                value={bounds[name] ?? ''}
                placeholder={defects.length > 0 ? '' : String(scopes[engine])}
                onChange={event => set(name, event.currentTarget.value)}
              />
            </label>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
