import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where files lie that nobody here wrote; they are no part of the repository. */
export const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** The shelf that all books stand on, and how many there are below it. */
export const bookShelf = 'Books'
const shelves = 20
const stock = 100_000

/** A list of books: the names of its columns, and a line for each book. */
export interface BookList {
  readonly columns: string
  readonly lines: readonly string[]
}

/** Ten thousand books with a price, stock and a shelf each: real ones where there is the file, made up ones elsewhere. */
export function booksToSell(): BookList {
  const { columns, lines } = realBooks() ?? madeUpBooks()
  return {
    columns: `${columns},price,stock,category`,
    lines: lines.map((line) => {
      const id = Number(line.split(',')[0])
      return `${line},${5000 + ((id * 7919) % 200) * 100},${stock},${bookShelf} > Shelf ${1 + (id % shelves)}`
    }),
  }
}

/** The file of a list. */
export const fileOf = ({ columns, lines }: BookList): string => `${[columns, ...lines].join('\n')}\n`

function realBooks(): BookList | null {
  const path = `${data}goodbooks-10k/books.csv`
  if (!existsSync(path)) return null
  const [columns = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  return { columns, lines }
}

const first = ['Silent', 'Lost', 'Golden', 'Winter', 'Hidden', 'Last', 'Burning', 'Secret', 'Broken', 'Distant']
const second = ['Dragon', 'Harbour', 'Love', 'Garden', 'Girl', 'Potter', 'War', 'House', 'Letter', 'King']

function madeUpBooks(): BookList {
  const word = (words: readonly string[], number: number) => words[number % words.length] ?? ''
  const lines = Array.from({ length: 10_000 }, (_, index) => {
    const title = `The ${word(first, index)} ${word(second, Math.floor(index / 10))}, part ${1 + Math.floor(index / 100)}`
    return `${index + 1},"${title}","${word(second, index * 7)} ${word(first, index * 3)}",eng,1999`
  })
  return { columns: 'book_id,title,authors,language_code,original_publication_year', lines }
}
