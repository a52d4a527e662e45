// The app has no package of its own for this: it is the one that the packages are tested with.
export {
  type AsyncCommand,
  default as fc,
} from '../../../../packages/inventory/node_modules/fast-check/lib/fast-check.js'
