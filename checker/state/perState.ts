/**
 * Something that is made of each state once and then asked for again and again, by an object that the
 * state has for good, such as the view of its protocol. A run goes back and forth between two states,
 * so the last two are found without looking them up.
 */
export class PerState<Key extends object, Value> {
  readonly #all = new WeakMap<Key, Value>();
  readonly #make: (key: Key) => Value;
  #key: Key | undefined;
  #value: Value | undefined;
  #otherKey: Key | undefined;
  #otherValue: Value | undefined;

  constructor(make: (key: Key) => Value) {
    this.#make = make;
  }

  of(key: Key): Value {
    if (key === this.#key) return this.#value as Value;
    if (key === this.#otherKey) return this.#otherValue as Value;
    this.#otherKey = this.#key;
    this.#otherValue = this.#value;
    this.#key = key;
    this.#value = this.#all.get(key) ?? this.#made(key);
    return this.#value as Value;
  }

  #made(key: Key): Value {
    const value = this.#make(key);
    this.#all.set(key, value);
    return value;
  }
}
