// Recorded runs judged: verified in three parts, two compared. A process of its own does it, one at a
// time; how far it is can be asked, and comes to viewers as a notice.
import { Type } from 'typebox';
import type { App } from '../app.ts';
import type { Judge } from '../lib/judge.ts';
import { ApiError } from '../lib/problem.ts';
import type { Parts } from '../parts.ts';
import { refused, strict } from './fields.ts';
import { runDir } from './run-dir.ts';
import { allowedFile } from './source-path.ts';

const runId = Type.String({ maxLength: 32 });
const idParams = strict({ id: runId });
const diffQuery = strict({ with: runId });
const verifyBody = strict({
  source: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1024,
      description: 'where the source file lies now, inside an allowed folder',
    }),
  ),
});

const verification = Type.Object({
  run_id: Type.String(),
  state: Type.String({ description: 'none, running, done, refused or failed' }),
  part: Type.Union([Type.String(), Type.Null()], { description: 'what is executed' }),
  done: Type.Number({ description: 'events executed of it' }),
  of: Type.Number({ description: 'events there are' }),
  detail: Type.Union([Type.String(), Type.Null()], { description: 'why there is no report' }),
  report: Type.Union([Type.Object({}), Type.Null()], {
    description: 'integrity, replay and regenerate, as wavetank verify --json prints it',
  }),
});

export async function runJudgeRoutes(app: App, parts: Parts, judge: Judge): Promise<void> {
  const tags = ['run'];
  const { recording, options } = parts;

  app.post(
    '/run/:id/verify',
    {
      schema: {
        tags,
        summary: 'Verify a recorded run; GET the same path for its state',
        params: idParams,
        body: verifyBody,
        response: { 202: verification, ...refused },
      },
    },
    async ({ params, body }, reply) => {
      const dir = await runDir(options.runsDir, params.id);
      if (recording.run?.run_id === params.id) {
        throw new ApiError('RUN_ACTIVE', 'the run is being recorded; stop it first');
      }
      const { source } = body;
      const file = source === undefined ? source : await allowedFile(source, options.sourceRoots);
      return reply.code(202).send(judge.verify(params.id, dir, file));
    },
  );

  app.get(
    '/run/:id/verify',
    {
      schema: {
        tags,
        summary: 'How the verification of a run stands, and its report',
        params: idParams,
        response: { 200: verification, ...refused },
      },
    },
    async ({ params }) => {
      await runDir(options.runsDir, params.id);
      return judge.verification(params.id);
    },
  );

  app.get(
    '/run/:id/diff',
    {
      schema: {
        tags,
        summary: 'Two runs compared, up to the first event in which they part',
        params: idParams,
        querystring: diffQuery,
        response: {
          200: Type.Object({}, { description: 'as wavetank diff --json prints it' }),
          ...refused,
        },
      },
    },
    async ({ params, query }) => {
      const one = await runDir(options.runsDir, params.id);
      return judge.diff(one, await runDir(options.runsDir, query.with));
    },
  );
}
