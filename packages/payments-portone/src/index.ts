export { fromPortOne, portoneDigits, toPortOne } from './amounts.ts'
export { portoneErrors } from './errors.ts'
