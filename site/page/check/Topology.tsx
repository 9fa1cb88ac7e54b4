import type {
  ClusterDescription,
  ClusterNode,
} from '../../../models/kafkaConfig/clusterDescription.ts';

/** The nodes of a cluster by rack, what each of them does, and what no file describes. */
export function Topology({ described }: { readonly described: ClusterDescription }) {
  const { nodes } = described;
  if (nodes.length === 0) return null;
  const racks = [...new Set(nodes.map(({ rack }) => rack))];
  return (
    <figure class="topology" aria-label="Topology">
      {racks.map(rack => (
        <section key={rack ?? ''} class="rack" aria-label={rack ?? 'no rack is said'}>
          {rack !== undefined && <h3>rack {rack}</h3>}
          <ul>
            {nodes
              .filter(node => node.rack === rack)
              .map((node, index) => (
                <Node key={index} node={node} />
              ))}
          </ul>
        </section>
      ))}
    </figure>
  );
}

function Node({ node: { name, id, roles, described, host } }: { readonly node: ClusterNode }) {
  return (
    <li class={described ? 'node' : 'node inferred'}>
      <strong>{name}</strong>
      {id !== undefined && <span class="note"> id {id}</span>}
      <div>
        {roles.map(role => (
          <span key={role} class={`role ${role}`}>
            {role}
          </span>
        ))}
      </div>
      {host !== undefined && <div class="note">on {host}</div>}
      {!described && <div class="note">named by others only</div>}
    </li>
  );
}
