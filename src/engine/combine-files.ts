/** Several listings -> what is where now: a later look at a path replaces an earlier one. */
import type { FileEntry, FileListing } from '../model/facts.ts'

type Named = NonNullable<FileListing['absent']>[number]

/** Listings oldest first. A label that a later one does not show is still there. */
export function joinListings(listings: readonly FileListing[]): FileListing {
  const entries = new Map<string, FileEntry>()
  const absent = new Map<string, Named>()
  const folders = new Map<string, Named>()
  for (const listing of listings) {
    for (const entry of listing.entries) {
      const context = entry.context ?? entries.get(entry.path)?.context
      entries.set(entry.path, context === undefined ? entry : { ...entry, context })
      absent.delete(entry.path)
    }
    for (const gone of listing.absent ?? []) {
      absent.set(gone.path, gone)
      entries.delete(gone.path)
    }
    for (const folder of listing.folders ?? []) folders.set(folder.path, folder)
  }
  return {
    entries: [...entries.values()],
    ...(absent.size === 0 ? {} : { absent: [...absent.values()] }),
    ...(folders.size === 0 ? {} : { folders: [...folders.values()] }),
  }
}
