/** The incidents that come with the package. */
import { readdirSync } from 'node:fs'

/** Names of the folders, sorted; none when the package came without. */
export function exampleNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  } catch {
    return []
  }
}
