// Runs: start, stop, status, list, and the files of one. What judges them is in run-judge.ts.
import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SourceKind } from '@wavetank/abi';
import { artefactPath, listRuns, RUN_ARTEFACTS, type RunFile, VERDICTS } from '@wavetank/recorder';
import { Type } from 'typebox';
import type { App } from '../app.ts';
import { ApiError } from '../lib/problem.ts';
import type { Parts } from '../parts.ts';
import { kind, note, refused, strict, symbol, who } from './fields.ts';

const startBody = strict({
  symbols: Type.Optional(
    Type.Array(symbol, {
      minItems: 1,
      maxItems: 16,
      uniqueItems: true,
      description: 'fixed for the run',
    }),
  ),
  who,
  note,
});

const runFile = Type.Object(
  { run_id: Type.String(), status: Type.String() },
  { description: 'the run as its run.yaml says it' },
);

const status = Type.Object({
  state: Type.String({ description: 'idle, starting, recording or stopping' }),
  run: Type.Union([runFile, Type.Null()]),
  last: Type.Union([runFile, Type.Null()], { description: 'the last run this bridge closed' }),
});

const listQuery = strict({
  limit: Type.Optional(Type.String({ pattern: '^\\d{1,4}$', description: 'runs at most' })),
  verdict: Type.Optional(
    Type.Union(
      VERDICTS.map((each) => Type.Literal(each)),
      { description: 'only runs of this verdict' },
    ),
  ),
  kind: Type.Optional(kind),
});

const idParams = strict({ id: Type.String({ maxLength: 32 }) });

const TYPES = {
  yaml: 'application/yaml; charset=utf-8',
  events: 'application/x-ndjson; charset=utf-8',
  ticks: 'application/x-ndjson; charset=utf-8',
} as const;

export async function runRoutes(app: App, parts: Parts): Promise<void> {
  const tags = ['run'];
  const { recording, options } = parts;
  const brief = (run: RunFile) => ({ ...run, started_at_ms: run.started_ts_ns / 1e6 });

  app.post(
    '/run/start',
    {
      schema: {
        tags,
        summary: 'Record a run',
        body: startBody,
        response: { 200: runFile, ...refused },
      },
    },
    async ({ body }) => {
      if (parts.latest.header?.source_kind === SourceKind.Run) {
        throw new ApiError(
          'RUN_PLAYBACK',
          'a recorded run is played; open a source to record another',
        );
      }
      return brief(await recording.start(body));
    },
  );

  app.post(
    '/run/stop',
    {
      schema: {
        tags,
        summary: 'End the run; answers with its verdict',
        body: strict({}),
        response: { 200: runFile, ...refused },
      },
    },
    async () => brief(await recording.stop('stop')),
  );

  app.get(
    '/run/status',
    { schema: { tags, summary: 'The run under way', response: { 200: status, ...refused } } },
    async () => ({
      state: recording.state,
      run: recording.run === undefined ? null : { ...recording.run, ...recording.progress() },
      last: recording.last ?? null,
    }),
  );

  app.get(
    '/run/list',
    {
      schema: {
        tags,
        summary: 'Runs, newest first',
        querystring: listQuery,
        response: { 200: Type.Object({ runs: Type.Array(runFile) }), ...refused },
      },
    },
    async ({ query }) => {
      const runs = await listRuns(options.runsDir, { verdict: query.verdict, kind: query.kind });
      return { runs: runs.slice(0, Number(query.limit ?? 200)), total: runs.length };
    },
  );

  for (const which of Object.keys(RUN_ARTEFACTS) as (keyof typeof RUN_ARTEFACTS)[]) {
    app.get(
      `/run/:id/${which}`,
      {
        schema: {
          tags,
          summary: `${RUN_ARTEFACTS[which]} of a run`,
          params: idParams,
          response: {
            200: Type.Unsafe<string | ReadStream>({ type: 'string', description: TYPES[which] }),
            ...refused,
          },
        },
      },
      async ({ params }, reply) => {
        const { path, bytes } = await findArtefact(options.runsDir, params.id, which);
        // A file that is being written is sent as long as it is now, so its length can be told.
        const body = bytes === 0 ? '' : createReadStream(path, { end: bytes - 1 });
        return reply.type(TYPES[which]).header('content-length', bytes).send(body);
      },
    );
  }
}

async function findArtefact(
  runsDir: string,
  id: string,
  which: keyof typeof RUN_ARTEFACTS,
): Promise<{ path: string; bytes: number }> {
  const path = artefactPath(runsDir, id, which);
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || found === undefined || !found.isFile()) {
    throw new ApiError('RUN_UNKNOWN', `no ${RUN_ARTEFACTS[which]} of a run ${JSON.stringify(id)}`);
  }
  return { path, bytes: found.size };
}
