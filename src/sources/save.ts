/** Transcripts kept for later, so that `check DIR` gives the same report. Secrets are masked before anything is written. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, UserError } from '../model/errors.ts'
import { createRedactor, readSource } from '../transcript/index.ts'
import type { Input } from './input.ts'
import { writeWhole } from './write-file.ts'

/** A source's name as a file's: a path typed by the operator must not lead out of the folder. */
function fileName(name: string): string {
  return name.replace(/[^\w.@+-]+/g, '_').replace(/^\.+/, '_')
}

/**
 * The text of an input as the reader takes it: line n stays line n, control characters are gone, secrets are masked.
 * All inputs of a run go through one redactor, so that equal secrets keep equal marks.
 */
export function maskedTexts(inputs: readonly Input[]): readonly string[] {
  const redactor = createRedactor()
  return inputs.map(({ bytes, name }) => {
    const text = readSource(bytes, { name, redactor }).source.lines.join('\n')
    return text === '' || text.endsWith('\n') ? text : `${text}\n`
  })
}

/** Writes every input to a folder, which is made if need be. Throws UserError (73). */
export function saveInputs(folder: string, inputs: readonly Input[]): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new UserError(`cannot write ${folder}: ${(error as NodeJS.ErrnoException).code ?? error}`, EXIT.cannotWrite)
  }
  for (const { name, text } of bundleOf(inputs)) writeWhole(join(folder, name), text)
}

/** Inputs as files: names that may stand in a folder, texts with secrets masked. */
export function bundleOf(inputs: readonly Input[]): readonly { readonly name: string; readonly text: string }[] {
  const texts = maskedTexts(inputs)
  return inputs.map((input, index) => ({ name: fileName(input.name), text: texts[index] ?? '' }))
}
