import { idSchema, Text } from '@sangdo/core'
import { z } from 'zod'
import { Media, MediaInput } from './media.ts'
import { localized, named, Slugs } from './text.ts'

export const CategoryId = idSchema('cat')
export type CategoryId = z.infer<typeof CategoryId>

/** The fields of a category that its people write. */
export const CategoryFields = z.strictObject({
  name: named(200),
  description: localized(20_000),
  slugs: Slugs,
  media: z.array(MediaInput).max(20),
})

/** A shelf of the shop; shelves stand in a tree, in their order (`position` from zero). */
export const Category = CategoryFields.extend({
  id: CategoryId,
  parentId: CategoryId.nullable(),
  position: z.int().min(0),
  name: Text,
  description: Text,
  media: z.array(Media),
}).meta({ id: 'Category' })
export type Category = z.infer<typeof Category>

/** A category and those below it. */
export interface CategoryNode extends Category {
  readonly children: CategoryNode[]
}

/** The schema of a category and those below it. */
export const CategoryNode: z.ZodType<CategoryNode> = Category.extend({
  get children() {
    return z.array(CategoryNode)
  },
}).meta({ id: 'CategoryNode' })

/** A new category; without slugs they are made from the name, without a parent it stands at the top. */
export const CategoryInput = z
  .strictObject({
    ...CategoryFields.shape,
    description: CategoryFields.shape.description.default({}),
    slugs: Slugs.optional(),
    media: CategoryFields.shape.media.default([]),
    parentId: CategoryId.nullable().default(null),
    position: z.int().min(0).optional(),
  })
  .meta({ id: 'CategoryInput' })
export type CategoryInput = z.input<typeof CategoryInput>

/** The fields of a category to be changed. It is moved by `moveCategory`. */
export const CategoryChange = CategoryFields.partial().meta({ id: 'CategoryChange' })
export type CategoryChange = z.input<typeof CategoryChange>

/** Where a category goes: below `parentId` (null: to the top), before the sibling at `position`, or last. */
export const CategoryMove = z
  .strictObject({ parentId: CategoryId.nullable(), position: z.int().min(0).optional() })
  .meta({ id: 'CategoryMove' })
export type CategoryMove = z.input<typeof CategoryMove>
