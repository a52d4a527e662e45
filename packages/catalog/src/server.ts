export { catalogMigrations } from './migrations.ts'
export { type Catalog, type CatalogOptions, createCatalog } from './service/index.ts'
