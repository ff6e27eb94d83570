import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Judge, Verdict } from '../../src/mutate/judge-mutants.ts';
import { type ContentFolders, createScenarioJudges } from './scenario-judge.ts';

export type JudgeRequest = { readonly slug: string; readonly ruleText: string; readonly first: readonly string[] };
export type JudgeReply = { readonly verdict: Verdict } | { readonly fault: string };

export type JudgePool = {
  /** As many judges of a rule as the pool has threads. */
  readonly judgesOf: (slug: string) => Promise<readonly Judge[]>;
  readonly close: () => Promise<void>;
};

/**
 * Judges on threads of their own, each with its own engine and its own copy of the logs. A single one works on this
 * thread: another would only have to load everything anew.
 */
export function createJudgePool(threads: number, folders: ContentFolders): JudgePool {
  return threads === 1 ? createOwnJudge(folders) : createWorkers(threads, folders);
}

function createOwnJudge(folders: ContentFolders): JudgePool {
  const judges = createScenarioJudges(folders);
  return {
    async judgesOf(slug) {
      const judge = await (await judges)(slug);
      return [
        async (ruleText, first) => {
          // Judging never waits for anything, so signals (Ctrl-C) would not be heard before the last mutant.
          await nextTurn();
          return judge(ruleText, first);
        },
      ];
    },
    close: async () => undefined,
  };
}

function createWorkers(threads: number, folders: ContentFolders): JudgePool {
  const script = new URL('./worker.mjs', import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(script, { workerData: folders }));
  return {
    judgesOf: async (slug) => workers.map((worker) => (ruleText, first) => ask(worker, { slug, ruleText, first })),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** One request at a time for each worker, so the next reply is the answer. */
function ask(worker: Worker, request: JudgeRequest): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answered);
      worker.off('error', reject);
      worker.off('exit', ended);
    };
    const answered = (reply: JudgeReply): void => {
      settle();
      if ('verdict' in reply) resolve(reply.verdict);
      else reject(new Error(`judging a mutant of ${request.slug} failed: ${reply.fault}`));
    };
    /** As it does after an error, which has been told then, and without one where memory runs out. */
    const ended = (): void => {
      settle();
      reject(new Error(`judging a mutant of ${request.slug} failed: its thread has ended`));
    };
    worker.once('message', answered);
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.postMessage(request);
  });
}
