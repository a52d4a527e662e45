import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { atomic, checkInvariants } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import type { RiskFacts, RiskPolicyInput } from '@sangdo/payments'
import { createRisk, paymentInvariants, paymentMigrations, type RiskOptions } from '@sangdo/payments/server'
import { sampleRiskFacts } from '@sangdo/payments/testing'
import { won } from './shop.ts'

const key = 'a secret of the shop'
const down = { service: { status: 'down' }, amount: won(300_000) } as const

describe('judging orders', () => {
  describeDatabases([paymentMigrations], (database) => {
    const openRisk = (options: Partial<RiskOptions> = {}) => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const risk = createRisk({ key, outbox, now: clock.now, timeoutMs: 50, ...options })
      const assess = (subject: string, facts: Partial<RiskFacts> = {}, as: 'order' | 'attempt' = 'order') =>
        atomic(db, (tx) =>
          risk.assess(tx, subject, { ...sampleRiskFacts, at: clock.now().toISOString(), ...facts }, as),
        )
      const note = (what: 'attempt' | 'decline', subject: string, who: RiskFacts['who'] = {}) =>
        atomic(db, (tx) => risk.note(tx, { what, subject, who: { ...sampleRiskFacts.who, ...who } }))
      const sound = async () => expect(await checkInvariants(db, paymentInvariants)).toEqual([])
      return { db, clock, outbox, risk, assess, note, sound }
    }

    test('an ordinary order is let through, and what it was judged by is kept', async () => {
      const { risk, db, assess, outbox, sound } = openRisk()
      const assessment = await assess('ord_1')
      expect(assessment).toMatchObject({ decision: 'allow', status: 'automatic', score: 0, subject: 'ord_1' })
      expect(await risk.assessmentsOf(db, ['ord_1', 'ord_2'])).toEqual({ ord_1: assessment })
      expect([outbox.events, (await risk.queue(db)).items]).toEqual([[], []])
      await sound()
    })

    test('nothing that is stored says who the buyer is', async () => {
      const { db, assess } = openRisk()
      await assess('ord_1', { who: { ...sampleRiskFacts.who, address: '서울 마포구 1-2', card: 'fp_1' } })
      const stored: string[] = []
      for (const table of ['payments_risk', 'payments_sighting', 'payments_sighting_key'])
        stored.push(JSON.stringify((await sql`select * from ${sql.table(table)}`.execute(db)).rows))
      for (const secret of ['sky', '1234', '192.0.2', '하늘', '마포', 'fp_1', 'ses_1', 'cus_1'])
        expect(stored.join()).not.toContain(secret)
    })

    test('another key has other hashes, and a short key is refused', async () => {
      await openRisk().assess('ord_1')
      await openRisk({ key: 'another secret of the shop' }).assess('ord_2')
      const { rows } = await sql<{ hashes: number }>`
        select count(*) as hashes from payments_sighting_key`.execute(database().db)
      expect(Number(rows[0]?.hashes)).toBe(2 * Object.keys(sampleRiskFacts.who ?? {}).length)
      expect(() => openRisk({ key: 'short' })).toThrow(expect.objectContaining({ code: 'core.invalid_input' }))
    })

    test('orders are counted by each key in its time, and no longer', async () => {
      const { assess, clock, sound } = openRisk()
      for (const one of [1, 2, 3, 4]) await assess(`ord_${one}`)
      const fifth = await assess('ord_5', { who: { email: 'Sky+5@example.com' } })
      expect(fifth.reasons).toMatchObject([{ rule: 'velocity', what: 'orders', by: 'email', count: 5 }])
      clock.advance(86_400_000)
      expect((await assess('ord_6')).reasons).toEqual([])
      await sound()
    })

    test('three declined cards in a session are a challenge, ten from one network a person looks at', async () => {
      const { assess, note } = openRisk()
      for (const one of [1, 2, 3]) await note('decline', `att_${one}`)
      expect(await assess('att_4', {}, 'attempt')).toMatchObject({ decision: 'challenge', reasons: [{ count: 3 }] })
      for (const one of [5, 6, 7, 8, 9, 10, 11]) await note('decline', `att_${one}`, { session: `ses_${one}` })
      const who = { ...sampleRiskFacts.who, session: 'ses_other' }
      expect(await assess('att_12', { who }, 'attempt')).toMatchObject({
        decision: 'review',
        reasons: [{ rule: 'declines', by: 'ip', count: 10 }],
      })
    })

    test('different cards are counted, the same one twice is one, and an attempt noted twice counts once', async () => {
      const { assess, note } = openRisk()
      for (const [subject, card] of [
        ['att_1', 'fp_a'],
        ['att_1', 'fp_b'],
        ['att_2', 'fp_b'],
        ['att_3', 'fp_b'],
      ] as const)
        await note('attempt', subject, { card })
      const third = await assess('ord_1', { who: { ...sampleRiskFacts.who, card: 'fp_c' } })
      expect(third.inputs?.counts).toContainEqual({ what: 'cards', by: 'email', seconds: 86_400, count: 3 })
      expect(third.inputs?.counts).toContainEqual({ what: 'attempts', by: 'email', seconds: 3600, count: 3 })
      expect(third.reasons).toMatchObject([{ rule: 'velocity', what: 'cards', by: 'email', count: 3 }])
    })

    test('nobody is counted further than two hundred, and no rule may ask for more', async () => {
      const { db, assess, clock } = openRisk()
      await assess('ord_1')
      const at = clock.now().toISOString()
      const more = Array.from(
        { length: 300 },
        (_, index) => `('sgt_${index}', 'order', 'old_${index}', 'email', '${at}')`,
      )
      await sql`insert into payments_sighting (id, what, subject, known_by, at, card, hash)
        select column1, column2, column3, column4, column5, null, (select hash from payments_sighting where known_by = 'email')
        from (values ${sql.raw(more.join())}) as seen`.execute(db)
      const { inputs, reasons } = await assess('ord_2')
      expect(inputs?.counts?.find((one) => one.by === 'email' && one.what === 'orders')?.count).toBe(200)
      expect(reasons).toMatchObject([{ rule: 'velocity', count: 200 }])
      const rules: RiskPolicyInput['rules'] = [{ kind: 'velocity', what: 'orders', by: 'email', atLeast: 201 }]
      expect(() => openRisk({ policy: { rules } })).toThrow(expect.objectContaining({ code: 'core.invalid_input' }))
    })

    test('fifty orders at once count one after the other', async () => {
      const { assess, sound } = openRisk()
      const all = await Promise.all(Array.from({ length: 50 }, (_, index) => assess(`ord_${index}`)))
      const counted = all.map(
        ({ inputs }) => inputs?.counts?.find((one) => one.by === 'email' && one.what === 'orders')?.count,
      )
      expect(counted.toSorted((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
      await sound()
    })

    test('one order judged by many at once is judged and announced once', async () => {
      const { assess, outbox, risk, db, sound } = openRisk()
      const all = await Promise.all(Array.from({ length: 8 }, () => assess('ord_1', down)))
      expect(new Set(all.map(({ id }) => id)).size).toBe(1)
      expect(outbox.events).toMatchObject([
        { name: 'payments.risk_review_needed', payload: { subject: 'ord_1', decision: 'review', appealed: false } },
      ])
      expect((await risk.queue(db)).items).toHaveLength(1)
      await sound()
    })

    test('so is one of whom nothing is known', async () => {
      const { assess, outbox } = openRisk()
      const all = await Promise.all(Array.from({ length: 8 }, () => assess('ord_1', { ...down, who: {} })))
      expect([new Set(all.map(({ id }) => id)).size, outbox.events.length]).toEqual([1, 1])
    })

    test('an order whose transaction is rolled back was never seen', async () => {
      const { db, risk, assess } = openRisk()
      await atomic(db, async (tx) => {
        await risk.assess(tx, 'ord_1', sampleRiskFacts)
        throw new Error('The checkout failed')
      }).catch(() => {})
      expect(await risk.assessmentsOf(db, ['ord_1'])).toEqual({})
      const counts = (await assess('ord_2')).inputs?.counts ?? []
      expect(Math.max(...counts.map(({ count }) => count))).toBe(1)
    })

    test('of two colleagues who decide at once one does, and the other is told', async () => {
      const { assess, risk, db, outbox, sound } = openRisk()
      const { id } = await assess('ord_1', down)
      const results = await Promise.allSettled([
        risk.decide(db, id, { verdict: 'accept', by: 'minsu', note: 'rang the buyer' }),
        risk.decide(db, id, { verdict: 'refuse', by: 'jiyoung', note: '' }),
      ])
      const [won] = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect(results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))).toMatchObject([
        { code: 'payments.risk_not_waiting', kind: 'conflict', details: { id, status: 'decided' } },
      ])
      const told = outbox.events.filter(({ name }) => name === 'payments.risk_decided').map(({ payload }) => payload)
      expect(told).toEqual([
        { assessmentId: id, subject: 'ord_1', verdict: won?.decided?.verdict, by: won?.decided?.by },
      ])
      expect((await risk.queue(db)).items).toEqual([])
      await sound()
    })

    test('what the rules refuse waits for a person once its buyer appeals, once', async () => {
      const policy = {
        rules: [{ kind: 'deny_list' as const, entries: [{ by: 'email' as const, value: 'sky@example.com' }] }],
      }
      const { assess, risk, db, outbox, sound } = openRisk({ policy })
      const { id, status, decision } = await assess('ord_1')
      expect([status, decision, (await risk.queue(db)).items]).toEqual(['automatic', 'deny', []])
      await expect(risk.decide(db, id, { verdict: 'accept', by: 'minsu', note: '' })).rejects.toMatchObject({
        code: 'payments.risk_not_waiting',
      })
      const results = await Promise.allSettled([1, 2].map(() => risk.appeal(db, id, { note: 'It is me' })))
      expect(results.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect((await risk.queue(db)).items).toMatchObject([{ id, appeal: { note: 'It is me' }, status: 'waiting' }])
      expect(outbox.events).toMatchObject([{ payload: { decision: 'deny', appealed: true } }])
      await risk.decide(db, id, { verdict: 'accept', by: 'minsu', note: 'mixed up' })
      await expect(risk.appeal(db, id, { note: 'again' })).rejects.toMatchObject({ code: 'payments.risk_not_denied' })
      await sound()
    })

    test('an order that was let through has nothing to appeal against, and one that does not exist is named', async () => {
      const { assess, risk, db } = openRisk()
      const { id } = await assess('ord_1')
      await expect(risk.appeal(db, id, { note: '' })).rejects.toMatchObject({ code: 'payments.risk_not_denied' })
      await expect(risk.appeal(db, 'rsk_none', { note: '' })).rejects.toMatchObject({
        code: 'payments.risk_not_found',
      })
      await expect(risk.decide(db, 'rsk_none', { verdict: 'accept', by: 'minsu', note: '' })).rejects.toMatchObject({
        code: 'payments.risk_not_found',
      })
    })

    test('the queue comes in pages, oldest first', async () => {
      const { assess, risk, db } = openRisk()
      for (const one of [1, 2, 3]) await assess(`ord_${one}`, { ...down, who: {} })
      const first = await risk.queue(db, { limit: 2 })
      const rest = await risk.queue(db, { after: first.next ?? '' })
      expect([...first.items, ...rest.items].map(({ subject }) => subject)).toEqual(['ord_1', 'ord_2', 'ord_3'])
      expect(rest.next).toBeNull()
    })

    test('another risk service has its say; one that is down, late or talks nonsense is down', async () => {
      const answers: (() => Promise<{ points: number; code: string }>)[] = [
        async () => ({ points: 45, code: 'proxy' }),
        async () => Promise.reject(new Error('down')),
        () => {
          throw new Error('broken')
        },
        () => new Promise(() => {}),
        async () => ({ points: 1e9, code: 'nonsense' }),
      ]
      const said = []
      for (const judge of answers)
        said.push((await openRisk({ service: { judge } }).risk.consult(sampleRiskFacts)).service)
      expect(said).toEqual([
        { status: 'answered', points: 45, code: 'proxy' },
        ...Array.from({ length: 4 }, () => ({ status: 'down' })),
      ])
      const { risk, assess } = openRisk({ service: { judge: async () => ({ points: 45, code: 'proxy' }) } })
      expect((await assess('ord_1', await risk.consult(sampleRiskFacts))).decision).toBe('challenge')
      expect(await openRisk().risk.consult(sampleRiskFacts)).toEqual(sampleRiskFacts)
    })

    test('after its time all is forgotten but what was decided and why', async () => {
      const { assess, risk, db, clock, sound } = openRisk({ keepDays: 10 })
      const { id } = await assess('ord_1', down)
      clock.advance(10 * 86_400_000)
      await assess('ord_2', { who: { email: 'sea@example.com' } })
      await risk.prune(db)
      expect((await risk.assessmentsOf(db, ['ord_1']))['ord_1']?.inputs).not.toBeNull()
      clock.advance(1)
      await risk.prune(db)
      expect((await risk.assessmentsOf(db, ['ord_1']))['ord_1']).toMatchObject({
        id,
        inputs: null,
        decision: 'review',
        reasons: [{ rule: 'service_down' }],
      })
      const left = await sql<{ hash: string }>`
        select hash from payments_sighting union all select hash from payments_sighting_key`.execute(db)
      expect(left.rows).toHaveLength(2)
      await sound()
    })

    test.each([
      ['payments.risk_scored', `update payments_risk set score = 1`],
      ['payments.risk_waits', `update payments_risk set status = 'automatic'`],
      ['payments.risk_decided', `update payments_risk set status = 'decided', verdict = 'accept'`],
    ])('%s: %s is found', async (name, corruption) => {
      const { db, assess, sound } = openRisk()
      await assess('ord_1', down)
      await sound()
      await sql.raw(corruption).execute(db)
      expect((await checkInvariants(db, paymentInvariants)).map((one) => one.name)).toEqual([name])
    })

    test('an unknown fact is refused by name', async () => {
      const { assess } = openRisk()
      await expect(assess('ord_1', { starSign: 'leo' } as Partial<RiskFacts>)).rejects.toMatchObject({
        details: { issues: [{ field: 'starSign' }] },
      })
    })
  })
})
