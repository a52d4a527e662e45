import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { html } from 'hono/html'

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const types: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'start.js': 'text/javascript',
}

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null })`

/** The reference page. Everything it loads comes from here, so that it works without a network. */
export const swaggerPage = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>API reference · Sangdo</title>
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
    </head>
    <body>
      <main id="docs">
        <noscript>The description of the API is at <a href="/openapi.json">/openapi.json</a>.</noscript>
      </main>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/start.js"></script>
    </body>
  </html>`

/** A file of the reference page, or nothing. */
export function swaggerAsset(file: string): Response | undefined {
  const type = types[file]
  if (!type) return undefined
  const content = file === 'start.js' ? start : readFileSync(join(folder, file))
  return new Response(content, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=86400' },
  })
}
