import type { FieldsProps } from './fieldsProps.ts';

/** Every setting with what it means; what is left empty has its default. */
export function SettingFields({ request, model, change }: FieldsProps) {
  const { settings } = request;
  const set = (name: string, text: string): void => {
    const { [name]: _, ...others } = settings;
    change({ settings: text.trim() === '' ? others : { ...others, [name]: text.trim() } });
  };
  return (
    <dl class="fields">
      {model.settings.map(({ name, value, meaning }) => (
        <div key={name}>
          <dt>
            <label>
              {name}{' '}
              <input
                value={settings[name] ?? ''}
                placeholder={String(value)}
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
