export { describeDatabases, openTestDb, type TestDatabase } from './testing/databases.ts'
export { type StillClock, stillClock } from './testing/clock.ts'
export { recorder } from './testing/events.ts'
