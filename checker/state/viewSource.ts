/** Private fields of every view, and source that sets them. */
export const OWN_FIELDS = '#bytes; #at; #path; #memory; #gone;';
export const SET_OWN_FIELDS =
  'this.#bytes = memory.bytes; this.#at = at; this.#path = path; this.#memory = memory;';
/** Source of the two functions that end and begin the use of a view. */
export const RETIRE = 'view.#bytes = view.#gone ??= gone(view.#path);';
export const REVIVE = 'view.#bytes = view.#memory.bytes;';
/** Source that refuses a change where code may only read. */
export const expectWritable = (path = 'this.#path'): string =>
  `if (!this.#memory.isWritable) readOnly(${path});`;
