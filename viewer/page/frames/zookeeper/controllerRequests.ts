import type { Place } from '../place.ts';
import { plain, setWords } from '../view/said.ts';
import type { MessageRow } from '../view/view.ts';

const names: Readonly<Record<string, string>> = {
  leaderAndIsr: 'LeaderAndIsr',
  updateMetadata: 'UpdateMetadata',
  stopReplica: 'StopReplica',
  deleteReplica: 'StopReplica (delete)',
};

/** What controllers have to send, in order, and what is late of those that are none any more. */
export function controllerRequests(protocol: Place): readonly MessageRow[] {
  return [
    ...rows(protocol.at('queues'), index => (index === 0 ? '' : ` (waits, ${index + 1})`)),
    ...rows(protocol.at('late'), () => ' (late)'),
  ];
}

function rows(queues: Place, note: (index: number) => string): readonly MessageRow[] {
  return queues.entries.flatMap(([from, ofEach]) =>
    ofEach.entries.flatMap(([to, queue]) =>
      queue.list.map((request, index) => {
        const kind = request.at('kind').text ?? '';
        return {
          from,
          to,
          name: `${names[kind] ?? kind}${note(index)}`,
          content: contentOf(request, kind),
          isNew: request.changed,
        };
      }),
    ),
  );
}

function contentOf(request: Place, kind: string): string {
  const [controller, broker] = [request.at('controllerEpoch'), request.at('brokerEpoch')].map(
    plain,
  );
  const epochs = `controller epoch ${controller}, broker epoch ${broker}`;
  const version = `version ${plain(request.at('version'))}`;
  const live = kind === 'updateMetadata' ? `, alive: ${setWords(request.at('live'))}` : '';
  return `${version}, ${epochs}${live}`;
}
