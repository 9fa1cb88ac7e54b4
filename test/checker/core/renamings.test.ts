import { describe, expect, test } from 'vitest';
import { CompiledModel, labelOf } from '../../../checker/core/compiledModel.ts';
import { renamings } from '../../../checker/core/renamings.ts';
import { SymmetryGroup } from '../../../checker/core/symmetryGroup.ts';
import { replicationIn } from '../../models/replication/scope.ts';
import { lockModel } from '../subjects/lock.ts';

describe.each([
  ['lock', lockModel()],
  ['replication', replicationIn({ bounds: { crashes: 1 } }).model],
])('the renamings of %s', (_, model) => {
  const compiled = new CompiledModel(model);
  const all = renamings(compiled);
  const labels = compiled.instances.map(({ taken }) => labelOf(taken));

  test('are one for each two nodes of a type', () => {
    const expected = compiled.schema.nodeTypes
      .map(({ count }) => (count * (count - 1)) / 2)
      .reduce((sum, pairs) => sum + pairs, 0);
    expect(all).toHaveLength(expected);
  });

  test('exchange the two nodes in the arguments, and nothing else', () => {
    for (const rename of all) {
      for (const [index, label] of labels.entries()) {
        const renamed = rename[index] as number;
        // Exchanging twice changes nothing.
        expect(rename[renamed]).toBe(index);
        const shape = (text: string | undefined): string | undefined =>
          text?.replaceAll(/-\d/g, '-n');
        expect(shape(labels[renamed])).toBe(shape(label));
      }
    }
  });

  test('rename something', () => {
    for (const rename of all) {
      expect(labels.some((_label, index) => (rename[index] as number) !== index)).toBe(true);
    }
  });
});

test('the group of a model is made once, for each choice of node types', () => {
  const compiled = new CompiledModel(lockModel());
  const types = compiled.schema.nodeTypes;
  const group = SymmetryGroup.of(compiled, types);
  expect(group.elements.length).toBeGreaterThan(1);
  expect(SymmetryGroup.of(compiled, [...types])).toBe(group);
  expect(SymmetryGroup.of(compiled, []).elements).toHaveLength(1);
  expect(SymmetryGroup.of(new CompiledModel(lockModel()), types)).not.toBe(group);
});
