import { exitOnFault, exitOnSignal, optionsFrom, plainly } from './process.ts'
import { startApi } from './start.ts'

exitOnFault()
try {
  const options = optionsFrom(process.env)
  const api = await startApi(options)
  exitOnSignal(api.stop)
  console.log(`API: http://localhost:${options.apiPort}/docs`)
  if (api.operator) console.log(`Operator: ${api.operator.email} with the password ${api.operator.password}`)
} catch (error) {
  plainly(error)
}
