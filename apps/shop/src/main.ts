import { fileURLToPath } from 'node:url'
import { close, exitOnFault, exitOnSignal, listen, optionsFrom, plainly, startApi } from '@sangdo/api'
import { createShopApp } from './app.tsx'

exitOnFault()
try {
  const { shopPort, shopOrigin, ...options } = optionsFrom(process.env)
  const api = await startApi({ ...options, shopOrigin })
  const apiUrl = options.apiUrl ?? `http://localhost:${options.apiPort}`
  const shop = createShopApp({
    apiUrl,
    // One process: a page asks the API by a call and not over a socket.
    apiFetch: async (request, clientIp) => api.app.fetch(request, { clientIp }),
    origin: shopOrigin,
    publicFolder: fileURLToPath(new URL('../dist/public', import.meta.url)),
    payOrigins: api.payOrigins,
    report: console.error,
  })
  const server = await listen(shop.fetch, shopPort)
  exitOnSignal(async () => {
    // Whoever asks hears at once that this process wants no more.
    api.running.stop()
    await close(server)
    await api.stop()
  })
  console.log(welcome(shopOrigin, apiUrl, api.operator, options.folder ?? '.data'))
} catch (error) {
  plainly(error)
}

function welcome(
  shopOrigin: string,
  apiUrl: string,
  operator: { email: string; password: string } | null,
  folder: string,
): string {
  const signIn = operator
    ? `${operator.email} with the password ${operator.password}`
    : `as before (the first password is in ${folder}/operator.txt)`
  return `
  Shop         ${shopOrigin}
  Back office  ${shopOrigin}/admin
               sign in ${signIn}
  API          ${apiUrl}/docs
`
}
