export { inventoryInvariants } from './invariants.ts'
export { inventoryMigrations } from './migrations.ts'
export type { BundlePort } from './ports.ts'
export {
  createInventory,
  type GateOptions,
  type Inventory,
  type InventoryOptions,
  mainLocation,
  type Recall,
} from './service/index.ts'
