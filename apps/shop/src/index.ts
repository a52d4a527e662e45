export { createShopApp, type ShopAppOptions } from './app.tsx'
export { messages } from './text/index.ts'
