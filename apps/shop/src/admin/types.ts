import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '../client.ts'

type Admin = Client['admin']

/** What the API tells the back office of orders, products, imports, reviews, promotions and prices. */
export type OrderSummary = InferResponseType<Admin['orders']['$get'], 200>['items'][number]
export type OrderStatus = OrderSummary['status']
export type OrderView = InferResponseType<Admin['orders'][':orderId']['$get'], 200>
export type Order = OrderView['order']
export type Payment = NonNullable<OrderView['payment']>
export type Shipment = OrderView['shipments'][number]
export type ProductCard = InferResponseType<Admin['products']['$get'], 200>['items'][number]
export type ProductPage = InferResponseType<Admin['products'][':productId']['$get'], 200>
export type Product = ProductPage['product']
export type ProductStatus = Product['status']
export type Stock = InferResponseType<Admin['products'][':productId']['stock']['$get'], 200>
export type Import = InferResponseType<Admin['imports'][':importId']['$get'], 200>
export type Review = InferResponseType<Admin['reviews']['$get'], 200>['items'][number]
export type Promotion = InferResponseType<Admin['promotions']['$get'], 200>['items'][number]
export type PromotionDraft = InferRequestType<Admin['promotions']['$post']>['json']
export type Preview = InferResponseType<Admin['promotions']['preview']['$post'], 200>
export type Trial = InferResponseType<Admin['promotions']['simulate']['$post'], 200>
export type CodeBatch = InferResponseType<Admin['code-batches'][':batchId']['$get'], 200>
export type PriceList = InferResponseType<Admin['price-lists']['$get'], 200>[number]
export type PriceRow = InferResponseType<Admin['prices']['$get'], 200>['items'][number]
export type PriceSheet = InferRequestType<Admin['prices']['$put']>['json']
export type WhyPrice = InferResponseType<Admin['prices'][':sku']['why']['$get'], 200>
export type RefundPlan = InferResponseType<Admin['orders'][':number']['refund-preview']['$post'], 200>
export type MoneyTask = InferResponseType<Admin['money-tasks']['$get'], 200>['items'][number]
export type Risk = InferResponseType<Admin['risk']['$get'], 200>['items'][number]
export type Statement = InferResponseType<Admin['bank']['statements']['$post'], 200>
export type Settlement = InferResponseType<Admin['settlements']['$post'], 200>
export type SettlementException = InferResponseType<Admin['settlements']['exceptions']['$get'], 200>['items'][number]
export type PayOut = InferResponseType<Admin['pay-outs']['$get'], 200>['items'][number]
export type Waiting = InferResponseType<Admin['waiting']['$get'], 200>
export type Soundness = NonNullable<InferResponseType<Admin['soundness']['$get'], 200>>
export type Money = Order['total']
