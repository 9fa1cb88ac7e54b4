import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel, DefectEntry, ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import { expectKeys } from '../../checker/declarations.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { Specification } from '../../checker/model/specification.ts';
import type { Settings } from '../../models/description/settings.ts';
import type { ConfigurableModel } from './configurableModel.ts';
import { specificationEntry } from './specificationEntry.ts';
import { withBounds } from './withBounds.ts';

/**
 * A model of a configuration file that is made of settings, for the command line.
 *
 * @throws UsageError when it cannot be made of its own defaults.
 */
export function configurableEntry(own: ConfigurableModel, file: string): ModelEntry {
  const { settings, defects = {}, scopes = {} } = own;
  const place = `${file}: models`;
  expectKeys(place, own, { settings, defects, scopes, specify: true });
  for (const [name, defect] of Object.entries(defects)) {
    expectKeys(`${place}: defect "${name}"`, defect, {
      statement: true,
      caughtBy: true,
      settings: true,
      bounds: true,
    });
    for (const setting of Object.keys(defect.settings ?? {})) expectSetting(settings, setting);
  }
  const usual = specified(own, settings, [], place);
  const entry = specificationEntry(usual, file);
  const ownDefects = Object.entries(defects).map(([name, defect]): DefectEntry => {
    const { statement, caughtBy, settings: config = {}, bounds = {} } = defect;
    return { name, statement, caughtBy, source: file, config, bounds };
  });
  const scopePlans = Object.entries(scopes).map(([name, changed]) => {
    for (const setting of Object.keys(changed)) expectSetting(settings, setting);
    // What is changed is a setting, or left out.
    return { name, config: changed as Settings };
  });
  return {
    ...entry,
    settings: Object.entries(settings).map(([name, value]) => ({ name, value, meaning: '' })),
    headline: Object.keys(settings),
    defects: ownDefects,
    scopes: scopePlans,
    build({ config, bounds, defects: names }): BuiltModel {
      for (const name of Object.keys(config)) expectSetting(settings, name);
      for (const name of names) findNamed('defect', name, ownDefects);
      const {
        model,
        properties,
        temporal = [],
      } = specified(own, { ...settings, ...config }, names, place);
      if (model.name !== usual.model.name) {
        throw new UsageError(
          `${place}: "${usual.model.name}" is named "${model.name}" in another scope`,
        );
      }
      // What is not asked for is as it follows from the settings.
      const wanted = Object.entries(bounds).filter(
        ([name, value]) => value !== usual.model.bounds[name],
      );
      const scoped = withBounds(model, Object.fromEntries(wanted));
      return { model: scoped, properties, questions: [], temporal };
    },
  };
}

function expectSetting(settings: Settings, name: string): void {
  if (!Object.hasOwn(settings, name)) {
    throw UsageError.unknown('setting', name, Object.keys(settings));
  }
}

/** The model of these settings, which it must tell of itself: traces are replayed by what they say. */
function specified(
  { specify }: ConfigurableModel,
  settings: Settings,
  defects: readonly string[],
  place: string,
): Specification {
  const specification = specifiedBy(specify, settings, defects, place);
  const { model } = specification;
  for (const [name, value] of Object.entries(settings)) expectTold(model, name, value, place);
  const other = defects.find(name => !model.defects.includes(name));
  if (other === undefined) return specification;
  throw new UsageError(
    `${place}: model "${model.name}" does not list the defect "${other}" that is switched on: write "defects"`,
  );
}

/** What the user's own code makes of them. */
function specifiedBy(
  specify: ConfigurableModel['specify'],
  settings: Settings,
  defects: readonly string[],
  place: string,
): Specification {
  try {
    return specify(settings, defects);
  } catch (error) {
    if (error instanceof DeclarationError) throw DeclarationError.at(place, error.message);
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(`${place}: specify throws: ${error.message}`, 'wrong-config');
  }
}

function expectTold(model: AnyModel, name: string, value: unknown, place: string): void {
  const [told, given] = [model.config[name], value].map(each => JSON.stringify(each) ?? 'nothing');
  if (told === given) return;
  throw new UsageError(
    `${place}: model "${model.name}": config.${name} is ${told}, and the setting is ${given}: ` +
      'write the settings as "config", by which traces are replayed',
  );
}
