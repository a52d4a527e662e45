export { crmMigrations } from './migrations.ts'
export { createCrm, type Crm, type CrmOptions } from './service/index.ts'
