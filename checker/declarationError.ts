/**
 * Something that a user wrote down and that cannot be meant: a mistake in a schema, a model, a property
 * or the options of an engine. The message names the place and says what to write instead.
 */
export class DeclarationError extends Error {
  override readonly name: string = 'DeclarationError';

  /** @param place - What is wrong, as in `model "lock": action "acquire": weight`. */
  static at(place: string, problem: string): DeclarationError {
    return new DeclarationError(`${place}: ${problem}`);
  }
}
