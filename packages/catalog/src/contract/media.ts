import { idSchema } from '@sangdo/core'
import { z } from 'zod'
import { localized } from './text.ts'

export const MediaId = idSchema('med')
export type MediaId = z.infer<typeof MediaId>

/** Where a picture is: an http(s) address, or a path of the shop itself. It is kept as a reference and never fetched. */
export const MediaUrl = z
  .string()
  .trim()
  .max(2000)
  .regex(
    /^(https?:\/\/[^\s"'<>\\/][^\s"'<>\\]*|\/(?![/\\])[^\s"'<>\\]*)$/,
    'A picture has an http(s) address or a path that starts with /',
  )
export type MediaUrl = z.infer<typeof MediaUrl>

/** A picture as it is given: `alt` says what it shows, in every language of its owner's name. */
export const MediaInput = z.strictObject({
  kind: z.literal('image').default('image'),
  url: MediaUrl,
  alt: localized(500),
})
export type MediaInput = z.input<typeof MediaInput>

/** A picture; its place in the list is its position. */
export const Media = MediaInput.extend({ id: MediaId }).meta({ id: 'Media' })
export type Media = z.infer<typeof Media>
