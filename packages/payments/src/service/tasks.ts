import { decodeCursor, instant, type Money, type NewId, type Now, type Page, pageOf, parse } from '@sangdo/core'
import { atomic, type Db, type Tx } from '@sangdo/core/server'
import { paymentErrors, type Task, type TaskId, type TaskKind, TaskQuery, TaskResolution } from '../contract.ts'
import type { StoredAttempt } from '../store/attempts.ts'
import * as store from '../store/tasks.ts'

interface TaskDependencies {
  readonly newId: NewId
  readonly now: Now
}

export type Tasks = ReturnType<typeof createTasks>

/** What someone has to look at: opened by what went wrong, in its transaction, and resolved by what sets it right. */
export function createTasks({ newId, now }: TaskDependencies) {
  /** Opens a task about an attempt, once for each kind and subject, and answers with its id. */
  async function open(
    tx: Tx,
    kind: TaskKind,
    subject: string,
    about: Pick<StoredAttempt, 'id' | 'orderId'> | null,
    amount: Money | null,
  ): Promise<TaskId> {
    const [id, orderId, attemptId] = [newId('tsk'), about?.orderId ?? null, about?.id ?? null]
    await store.addTask(tx, { id, kind, subject, orderId, attemptId, amount, since: instant(now()) })
    return id
  }

  /** Notes that what a task is about is set right; one that was resolved before stays as it is. */
  const close = (tx: Tx, id: TaskId, resolution: string) => store.resolveTask(tx, id, instant(now()), resolution)

  /** As `close`, by what the task is about. */
  const closeSubject = (db: Db, kind: TaskKind, subject: string, resolution: string) =>
    atomic(db, (tx) => store.resolveSubject(tx, kind, subject, instant(now()), resolution))

  /** As `close`, for money of an attempt in suspense: all of it, or a certain amount. */
  const closeSuspense = (tx: Tx, { id }: StoredAttempt, resolution: string, amount?: Money) =>
    store.resolveSuspense(tx, id, instant(now()), resolution, amount)

  /** What someone has to look at, newest first: with its amount, since when, and, once it is resolved, how. */
  async function tasks(db: Db, query: TaskQuery = {}): Promise<Page<Task>> {
    const { limit, after, resolved = false } = parse(TaskQuery, query)
    const [before = null] = after === undefined ? [] : decodeCursor(after, 's').map(String)
    return pageOf(await store.listTasks(db, resolved, limit + 1, before), limit, ({ id }) => [id])
  }

  /**
   * Notes what was done about a task that holds no money. Throws `payments.task_not_found`, and `payments.task_holds_money` for
   * one that is resolved by what is done with its money.
   */
  async function resolveTask(db: Db, input: TaskResolution): Promise<void> {
    const { taskId, resolution } = parse(TaskResolution, input)
    const task = await store.taskOf(db, taskId)
    if (!task) throw paymentErrors.task_not_found({ taskId })
    if ((store.moneyKinds as readonly TaskKind[]).includes(task.kind)) throw paymentErrors.task_holds_money({ taskId })
    await atomic(db, (tx) => close(tx, taskId, resolution))
  }

  return { open, close, closeSubject, closeSuspense, tasks, resolveTask }
}
