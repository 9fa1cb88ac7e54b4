/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is replaced is itself text of templates. */

/** A deliberate fault: text of one source file that is replaced, and must be there exactly once. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Whether a few models are enough to notice it. */
  readonly isSoon?: boolean;
}

/** Faults of the engines that the comparison with the reference has to notice. */
export const faults: readonly Fault[] = [
  {
    name: 'the trace drops the read of an array element',
    file: 'checker/state/viewCompiler.ts',
    find: "${source.mark('reads', stretch)} ${whole.read(at, rest.path)}",
    replace: '${whole.read(at, rest.path)}',
    isSoon: true,
  },
  {
    name: 'the length of a list is read without a mark',
    file: 'checker/state/viewCompiler.ts',
    find: 'get length() { ${readsLength} return',
    replace: 'get length() { return',
  },
  {
    name: 'a set that is changed is not marked as written',
    file: 'checker/state/nodeSetView.ts',
    find: 'this.#watcher?.written();',
    replace: '',
  },
  {
    name: 'whether a set has an element is read without a mark',
    file: 'checker/state/setView.ts',
    find: 'watcher?.reads(at + rank, 1);',
    replace: '',
    isSoon: true,
  },
  {
    name: 'whether a map has a value is read without a mark',
    file: 'checker/state/mapView.ts',
    find: 'this.#watcher?.reads(at, this.#mark);',
    replace: '',
  },
  {
    name: 'a map that is changed is not marked as written',
    file: 'checker/state/mapView.ts',
    find: 'this.#watcher?.writes(at, this.#entry.size);',
    replace: '',
  },
  {
    name: 'a part of a set has all of its elements',
    file: 'checker/state/setView.ts',
    find: 'const part = parts.get(alike) ?? this.#part(alike);',
    replace: 'const part = parts.get(alike) ?? this.#part(ranksOf(universe));',
  },
  {
    name: 'taking an element out of a list forgets what it reads',
    file: 'checker/state/listSource.ts',
    find: "${source.markBytes('reads', 'at', 'rest')}",
    replace: '',
  },
  {
    name: 'sets of nodes in arguments keep their names',
    file: 'checker/model/arguments.ts',
    find: 'const images = nodes.map(({ type, index }) => imageOf(type, index));',
    replace: 'const images = nodes.map(({ type, index }) => isSet ? index : imageOf(type, index));',
  },
  {
    name: 'an element that is not in the state can be chosen',
    file: 'checker/model/model.ts',
    find: "isPresent(scope.protocol, params) ? action.enabled(scope, params) : 'it is not there',",
    replace: 'action.enabled(scope, params),',
  },
  {
    name: 'the trace keeps only the first byte of a read',
    file: 'checker/state/byteTrace.ts',
    find: 'for (let byte = at; byte < at + size; byte++) {\n      if (this.#touched[byte] !== UNTOUCHED)',
    replace:
      'for (let byte = at; byte < at + 1; byte++) {\n      if (this.#touched[byte] !== UNTOUCHED)',
  },
  {
    name: 'the canonicalisation takes tied nodes to be alike',
    file: 'checker/state/symmetry.ts',
    find: 'if (this.#areTiesEqual(from)) {',
    replace: 'if (this.#areTiesEqual(from) || true) {',
  },
  {
    name: 'the canonicalisation leaves out one order of tied nodes',
    file: 'checker/state/symmetry.ts',
    find: 'for (let index = 1; index < candidates.length; index++) {',
    replace: 'for (let index = 2; index < candidates.length; index++) {',
  },
  {
    name: 'a renaming forgets the sets of nodes',
    file: 'checker/state/permutation.ts',
    find: '.filter(leaf => leaf.refersTo !== undefined &&',
    replace: ".filter(leaf => leaf.refersTo !== undefined && leaf.holds === 'node' &&",
  },
  {
    name: 'the table loses parents',
    file: 'checker/core/stateTable.ts',
    find: 'const link = (parent & ~3) | tagOf(level);',
    replace: 'const link = tagOf(level);',
    isSoon: true,
  },
  {
    name: 'the table keeps whichever parent came first',
    file: 'checker/core/stateTable.ts',
    find: 'this.#lower(at + 2, link);',
    replace: '',
  },
  {
    name: 'a larger table takes over all but the last slots',
    file: 'checker/core/stateTable.ts',
    find: 'for (let from = start * SLOT; from < end * SLOT; from += SLOT) {',
    replace: 'for (let from = start * SLOT; from < (end - 20) * SLOT; from += SLOT) {',
  },
  {
    name: 'the search stops a level early',
    file: 'checker/exhaustive/search.ts',
    find: 'if (this.#next.length === 0 || this.#depth > maxSteps',
    replace: 'if (this.#next.length <= this.#pool.recordLength || this.#depth > maxSteps',
    isSoon: true,
  },
  {
    name: 'a resumed search loses what was known of the next level',
    file: 'checker/exhaustive/search.ts',
    find: 'this.#level = level;\n    this.#next = next;',
    replace: 'this.#level = level;',
    isSoon: true,
  },
  {
    name: 'a frontier that is saved drops its first block',
    file: 'checker/exhaustive/frontier.ts',
    find: 'return this.#blocks.map(({ words, end }, index) =>',
    replace: 'return this.#blocks.slice(1).map(({ words, end }, index) =>',
  },
  {
    name: 'a spilled block is read from the wrong place',
    file: 'parallel/diskFrontier.ts',
    find: 'bytes.length - at, position + at);',
    replace: 'bytes.length - at, at);',
    isSoon: true,
  },
  {
    name: 'the hash ignores one byte',
    file: 'checker/core/stateHash.ts',
    find: 'for (let value = 1; value < values; value++) {',
    replace: 'for (let value = 1; at !== 2 && value < values; value++) {',
    isSoon: true,
  },
  {
    name: 'packing takes one bit too few',
    file: 'checker/state/packing.ts',
    find: 'return 32 - Math.clz32(max);',
    replace: 'return Math.max(max > 0 ? 1 : 0, 31 - Math.clz32(max));',
    isSoon: true,
  },
  {
    name: 'a budget is off by one',
    file: 'checker/core/compiledModel.ts',
    find: 'return bytes[at] === 0 && (width',
    replace: 'return (bytes[at] as number) <= 1 && (width',
    isSoon: true,
  },
  {
    name: 'of a budget of two bytes one is looked at',
    file: 'checker/core/compiledModel.ts',
    find: 'return bytes[at] === 0 && (width === 1 || bytes[at + 1] === 0);',
    replace: 'return bytes[at] === 0 && width > 0;',
  },
  {
    name: 'fairness ignores what is due',
    file: 'checker/liveness/fairness.ts',
    find: 'if (action.due === undefined || this.isFair[index] === 0) return false;',
    replace: 'if (action.due !== undefined || this.isFair[index] === 0) return false;',
    isSoon: true,
  },
  {
    name: 'a refinement takes the budgets of the larger model',
    file: 'checker/refinement/abstractModel.ts',
    find: 'copyState(from, this.#after);\n    this.compiled.step(this.#after, index);\n    this.#refill(this.#after);',
    replace: 'copyState(from, this.#after);\n    this.compiled.step(this.#after, index);',
  },
  {
    name: 'a refinement says nothing of initial states',
    file: 'checker/exhaustive/expander.ts',
    find: 'if (broken.length === 0) return;',
    replace: 'if (broken.length >= 0) return;',
  },
  {
    name: 'an obligation goes on past the goal',
    file: 'checker/liveness/pendingRegion.ts',
    find: 'if (this.isPending(target) || this.isGoal(target)) continue;',
    replace: 'if (this.isPending(target)) continue;',
  },
  {
    name: 'what is strongly fair is weakly fair',
    file: 'checker/liveness/fairEnds.ts',
    find: 'const strongly = owed.filter(index => isStrong[index] === 1);',
    replace: 'const strongly = owed.filter(() => false);',
  },
  {
    name: 'what only a bound holds back is passed over',
    file: 'checker/liveness/fairEnds.ts',
    find: 'this.#heldBack[index] = (this.#heldBack[index] as number) + 1;',
    replace: '',
  },
  {
    name: 'removing the first of a list forgets what it reads',
    file: 'checker/state/listSource.ts',
    find: "${source.markBytes('reads', first, `end * ${size}`)}",
    replace: '',
  },
  {
    name: 'a decision forgets the last byte that it depends on',
    file: 'checker/exhaustive/learning/decisionForest.ts',
    find: 'for (; depth < read.length; depth++) {',
    replace: 'for (; depth < read.length - 1; depth++) {',
  },
  {
    name: 'the first byte of a delta is not undone',
    file: 'checker/exhaustive/expander.ts',
    find: `for (let index = deltas.starts.get(delta); index < end; index++) {
      const at = deltas.writes.get(index) >>> 8;`,
    replace: `for (let index = deltas.starts.get(delta) + 1; index < end; index++) {
      const at = deltas.writes.get(index) >>> 8;`,
    isSoon: true,
  },
  {
    name: 'renamings are computed and not compared',
    file: 'checker/exhaustive/learning/learnedFunctions.ts',
    find: 'if (!this.#isImage(computed, image, renaming)) {',
    replace: 'if (Number(renaming) > 0) {',
  },
  {
    name: 'the last renaming is not compared',
    file: 'checker/exhaustive/learning/learnedFunctions.ts',
    find: 'if (!this.#isImage(computed, image, renaming)) {',
    replace: 'if (number < elements.length - 1 && !this.#isImage(computed, image, renaming)) {',
  },
  {
    name: 'an outcome does not depend on what its renamings read',
    file: 'checker/exhaustive/learning/learnedFunctions.ts',
    find: 'for (let further = 0; further < all.length; further++) {',
    replace: 'for (let further = 0; further < 1; further++) {',
  },
  {
    name: 'a delta is only what changed',
    file: 'checker/exhaustive/learning/learnedModel.ts',
    find: 'beforeTrace.written,',
    replace:
      'beforeTrace.written.filter(at => before.bytes[at] !== arguments[2].before.bytes[at]),',
  },
  {
    name: 'what a step leaves as it was is not read of the state after',
    file: 'checker/exhaustive/learning/stepSources.ts',
    find: 'return at < 2 * length ? at - length : GIVEN;',
    replace: 'return GIVEN;',
  },
  {
    name: 'a delta is that of every instance that changes the same',
    file: 'checker/exhaustive/learning/deltas.ts',
    find: 'return `${instance}|${writes',
    replace: 'return `${writes',
  },
  {
    name: 'what is known together forgets what one of its members reads',
    file: 'checker/exhaustive/learning/learnedFunctions.ts',
    find: 'forest.collect(tree, bytes, log);',
    replace: 'forest.find(tree, bytes);',
  },
  {
    name: 'a full forest cuts a path short',
    file: 'checker/exhaustive/learning/decisionForest.ts',
    find: 'if (node === undefined) return true;',
    replace: 'if (node === undefined) break;',
  },
];
