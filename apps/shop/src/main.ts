import { fileURLToPath } from 'node:url'
import { close, exitOnSignal, listen, optionsFrom, plainly, startApi } from '@sangdo/api'
import { createShopApp } from './app.tsx'

try {
  const { shopPort, shopOrigin, ...options } = optionsFrom(process.env)
  const api = await startApi({ ...options, shopOrigin })
  const shop = createShopApp({
    apiUrl: `http://localhost:${options.apiPort}`,
    // One process: a page asks the API by a call and not over a socket.
    apiFetch: async (request, clientIp) => api.app.fetch(request, { clientIp }),
    origin: process.env['SHOP_URL'] ?? shopOrigin,
    publicFolder: fileURLToPath(new URL('../dist/public', import.meta.url)),
    payOrigins: [`http://localhost:${options.payPort}`],
    report: console.error,
  })
  const server = await listen(shop.fetch, shopPort)
  exitOnSignal(async () => {
    await close(server)
    await api.stop()
  })
  console.log(welcome(shopOrigin, options.apiPort, api.operator))
} catch (error) {
  plainly(error)
}

function welcome(shopOrigin: string, apiPort: number, operator: { email: string; password: string } | null): string {
  const signIn = operator
    ? `${operator.email} with the password ${operator.password}`
    : 'as before (the first password is in .data/operator.txt)'
  return `
  Shop         ${shopOrigin}
  Back office  ${shopOrigin}/admin
               sign in ${signIn}
  API          http://localhost:${apiPort}/docs
`
}
