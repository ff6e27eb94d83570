import { parentPort, workerData } from 'node:worker_threads';
import type { JudgeReply, JudgeRequest } from './judge-pool.ts';
import { type ContentFolders, createScenarioJudges } from './scenario-judge.ts';

/** Answers each request for a verdict; a fault is an answer too, so that the main thread can tell which rule it was. */
const judges = createScenarioJudges(workerData as ContentFolders);

async function answer({ slug, ruleText, first }: JudgeRequest): Promise<JudgeReply> {
  try {
    const judge = await (await judges)(slug);
    return { verdict: await judge(ruleText, first) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (request: JudgeRequest) => {
  answer(request).then((reply) => parentPort?.postMessage(reply));
});
