import type { FaultScript } from '../../application/faultScript/faultScript.ts';
import { checkSentOnce } from '../../properties/history/sentOnce.ts';
import { CONTROLLER, idOf, takeAll } from './player.ts';
import { kept, type Story } from './story.ts';

/** Specs of Trogdor, played on a cluster: nothing that was acknowledged is lost. */
export function trogdorStory(script: FaultScript, name: string): Story {
  const brokers = Array.from({ length: script.brokers }, (_, index) => idOf(index + 1));
  return {
    name,
    tells: 'While the faults of these specs go on, what is acknowledged with acks=all is kept.',
    source: name,
    shape: { version: '4.3.1', controllers: [CONTROLLER], brokers },
    cutsNetwork: script.steps.some(({ do: what }) => what === 'cut'),
    async play(scene) {
      await scene.begin(brokers, { 'min.insync.replicas': '2' });
      const failed = await takeAll(scene, script);
      if (failed !== undefined) return failed;
      await scene.untilIsr(brokers.length, 120);
      await scene.read();
      const [twice] = checkSentOnce(scene.events);
      if (twice !== undefined) return { verdict: 'not reproduced', because: twice.clause };
      return kept(scene, `${script.steps.length} steps were taken`);
    },
  };
}
