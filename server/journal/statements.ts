/**
 * The statements of the journal's hot path: one for many runs, each value list an array; the events of all go as one
 * JSON text, which needs no quoting inside an array. Named, so that PostgreSQL plans them once a connection.
 */

const terminal = `('succeeded', 'failed', 'cancelled')`;

/**
 * The outbox of runs that have ended and that somebody acts on: those of a parent, those that did not succeed, and
 * those of flows that others follow. Most runs are none of these and leave no row.
 */
function endsOf(rows: string): string {
  return `INSERT INTO run_end (run_id, flow_id, state)
  SELECT id, flow_id, state FROM ${rows}
  WHERE state IN ('failed', 'cancelled') OR (state = 'succeeded' AND (parent_run_id IS NOT NULL
    OR flow_id IN (SELECT source_flow_id FROM flow_link WHERE enabled)))
  ON CONFLICT DO NOTHING`;
}

/** Creates runs with their first events. A run whose start key is taken already is left out of the answer. */
export const createRuns = {
  name: 'rondo_create',
  text: `
WITH input AS (
  SELECT * FROM ROWS FROM (unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[], $17::timestamptz[],
    $18::timestamptz[], $19::int[], $20::timestamptz[], $21::uuid[], $22::bool[], $23::int[], $24::timestamptz[],
    $25::uuid[], $26::text[], $27::uuid[]
  ), json_array_elements($28::json)) AS t(id, flow_id, flow_name, version_number, document_hash, state, holder, actor_kind, actor_id,
    actor_name, trigger, start_key, inputs, outputs, error, steps_done, created_at, finished_at, count, start_key_until,
    origin_id, gated, priority, deadline_at, parent_run_id, parent_wait_id, retry_of, events)
), made AS (
  INSERT INTO run (id, flow_id, flow_name, version_number, document_hash, state, holder, next_seq, actor_kind, actor_id,
    actor_name, trigger, start_key, inputs, outputs, error, steps_done, created_at, started_at, finished_at, queued_at,
    start_key_until, origin_id, gated, priority, deadline_at, parent_run_id, parent_wait_id, retry_of)
  SELECT id, flow_id, flow_name, version_number, document_hash, state,
    CASE WHEN state = 'running' THEN holder END, count, actor_kind, actor_id, actor_name, trigger, start_key, inputs,
    outputs, error, steps_done, created_at, CASE WHEN state <> 'queued' THEN created_at END, finished_at,
    CASE WHEN state = 'queued' THEN now() END, start_key_until, origin_id, gated, priority, deadline_at, parent_run_id,
    parent_wait_id, retry_of
  FROM input
  ON CONFLICT (flow_id, start_key) WHERE start_key IS NOT NULL DO NOTHING
  RETURNING id, number, flow_id, state, parent_run_id
), written AS (
  INSERT INTO run_journal (run_id, first_seq, count, events)
  SELECT input.id, 0, input.count, input.events FROM input JOIN made USING (id)
), ends AS (${endsOf('made')})
SELECT id, number FROM made`,
};

/**
 * The fence and the change in one: an append counts only while its writer still holds the run and its first number is
 * the next one. The head is the run's row: whoever comes second waits for its lock, sees the new number and writes
 * nothing. The journal's primary key stands behind it.
 */
const head = `
WITH input AS (
  SELECT * FROM ROWS FROM (unnest(
    $1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::int[], $9::timestamptz[]
  ), json_array_elements($10::json)) AS t(id, holder, first_seq, count, state, outputs, error, steps_done, finished_at,
    events)
), head AS (
  UPDATE run SET next_seq = input.first_seq + input.count, state = input.state,
    outputs = coalesce(input.outputs, run.outputs), error = coalesce(input.error, run.error),
    steps_done = input.steps_done, waits = NULL,
    takeovers = CASE WHEN input.steps_done > run.steps_done THEN 0 ELSE run.takeovers END, finished_at = input.finished_at,
    holder = CASE WHEN input.state = 'running' THEN run.holder END
  FROM input
  WHERE run.id = input.id AND run.holder = input.holder AND run.next_seq = input.first_seq AND run.state = 'running'
  RETURNING run.id, run.state, run.flow_id, run.flow_name, run.parent_run_id
), written AS (
  INSERT INTO run_journal (run_id, first_seq, count, events)
  SELECT input.id, input.first_seq, input.count, input.events FROM input JOIN head USING (id)
), ends AS (${endsOf('head')})`;

/** Appends events to runs and changes their rows. Answers with the runs that were still the writer's. */
export const appendEvents = { name: 'rondo_append', text: `${head}\nSELECT id FROM head` };

/** The same, and opens or withdraws reviews in the same transaction: at the end of their run, or of a step around. */
export const appendWithReviews = {
  name: 'rondo_append_reviews',
  text: `${head}, asked AS (
  SELECT * FROM unnest(
    $11::uuid[], $12::uuid[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[],
    $19::text[], $20::text[], $21::text[], $22::text[], $23::text[], $24::timestamptz[]
  ) AS t(id, run_id, wait_id, path, kind, title, surface, arguments, form_hash, values_hash, outputs, for_people,
    for_groups, due_at)
), given_up AS (
  SELECT * FROM unnest($25::uuid[], $26::text[]) AS t(run_id, path)
), opened AS (
  INSERT INTO review (id, run_id, wait_id, path, kind, title, flow_id, flow_name, surface, arguments, form_hash,
    values_hash, outputs, for_people, for_groups, due_at)
  SELECT asked.id, asked.run_id, wait_id, path, kind, title, head.flow_id, head.flow_name, surface, arguments,
    form_hash, values_hash, outputs, ARRAY (SELECT json_array_elements_text(for_people::json)),
    ARRAY (SELECT json_array_elements_text(for_groups::json)), due_at
  FROM asked JOIN head ON head.id = asked.run_id
  ON CONFLICT (run_id, wait_id) DO NOTHING
), withdrawn AS (
  UPDATE review SET state = 'withdrawn' FROM head
  WHERE review.run_id = head.id AND review.state = 'open' AND (head.state IN ${terminal} OR EXISTS (
    SELECT 1 FROM given_up WHERE given_up.run_id = head.id AND (review.path = given_up.path
      OR starts_with(review.path, given_up.path || '/') OR starts_with(review.path, given_up.path || '['))))
)
SELECT id FROM head`,
};

/**
 * A segment lets go of a run that waits. An answer, a cancel or a timer that is due already make it queued instead, so
 * that none of them is lost between two statements. An answer may be older than its wait: it came while the step that
 * waits for it was cut off, and whoever took the run over had no such wait to give it to.
 */
export const releaseRun = {
  name: 'rondo_release',
  text: `
WITH early AS (SELECT EXISTS (SELECT 1 FROM run_answer WHERE run_id = $1 AND wait_id = ANY ($5::text[])) AS there)
UPDATE run SET
  state = CASE WHEN woken OR cancel_requested OR early.there THEN 'queued' ELSE 'waiting' END,
  queued_at = CASE WHEN woken OR cancel_requested OR early.there THEN now() END,
  holder = NULL, waits = $3, wake_at = $4
FROM early
WHERE id = $1 AND holder = $2 AND state = 'running'
RETURNING state`,
};

/** A segment that cannot go on gives its run back to whoever can. */
export const giveBackRun = {
  name: 'rondo_give_back',
  text: `UPDATE run SET state = 'queued', holder = NULL, queued_at = now()
         WHERE id = $1 AND holder = $2 AND state = 'running' RETURNING id`,
};
