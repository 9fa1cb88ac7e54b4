import { printable } from '../../../checker/trace/renderParts.ts';
import type { ClusterView, ViewNode } from '../../data/clusterView.ts';

/** Classes whose copies are drawn, by a letter each. */
const MOST_CLASSES = 5;
const LETTERS = ['A', 'B', 'C', 'D', 'E'];

/** The nodes in their racks or on their machines, with votes and with the copies of one partition of each class. */
export function Topology({ view }: { readonly view: ClusterView }) {
  const { groups, nodes, beside } = view;
  const classes = view.classes.slice(0, MOST_CLASSES);
  return (
    <section class="panel topology" aria-label="Topology">
      <h2>Where it runs</h2>
      <div class="groups">
        {groups.map(group => (
          <div key={group.name} class={group.name === '' ? 'group' : 'group named'}>
            {group.name !== '' && <h3>{printable(group.name)}</h3>}
            <div class="nodes">
              {group.nodes.map(index => {
                const node = nodes[index];
                return node === undefined ? null : (
                  <Node key={index} node={node} index={index} classes={classes} />
                );
              })}
            </div>
          </div>
        ))}
        {beside !== undefined && <div class="beside">{beside}</div>}
      </div>
      <ul class="notes-list">
        <li>
          <span class="vote">vote</span> has a vote in the metadata quorum
        </li>
        {classes.map(({ topics: [first = '', ...others] }, index) => (
          <li key={first}>
            <span class="copy leads">{LETTERS[index]}</span>
            <span class="copy">{LETTERS[index]}</span> leader and copies of a partition of{' '}
            {printable(first)}
            {others.length > 0 && ` and ${others.length} more`}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NodeProps {
  readonly node: ViewNode;
  readonly index: number;
  readonly classes: ClusterView['classes'];
}

function Node({ node, index, classes }: NodeProps) {
  const roles = [...(node.isBroker ? ['broker'] : []), ...(node.isVoter ? ['controller'] : [])];
  return (
    <div class={node.isDescribed ? 'node' : 'node inferred'}>
      <strong title={printable(node.name)}>{printable(node.name)}</strong>
      <span class="roles">
        {node.id !== '' && `id ${node.id}, `}
        {roles.join(' and ')}
        {!node.isDescribed && ', named only'}
      </span>
      <span class="held">
        {node.isVoter && <span class="vote">vote</span>}
        {classes.map(
          ({ placed, topics: [first = ''] }, at) =>
            placed.includes(index) && (
              <span
                key={first}
                class={placed[0] === index ? 'copy leads' : 'copy'}
                title={printable(first)}
              >
                {LETTERS[at]}
              </span>
            ),
        )}
      </span>
    </div>
  );
}
