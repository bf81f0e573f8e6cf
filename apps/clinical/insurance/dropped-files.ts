/** Files and the files of folders that were dropped, in whatever depth. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  // Entries are gone after the first await, so all are taken first.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return [...transfer.files]
  return (await Promise.all(entries.map(filesOf))).flat()
}

async function filesOf(entry: FileSystemEntry): Promise<readonly File[]> {
  if (entry instanceof FileSystemFileEntry) {
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return []
  const files: File[] = []
  const reader = entry.createReader()
  // A reader gives a hundred at a time and nothing at the end.
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return files
    for (const each of some) files.push(...(await filesOf(each)))
  }
}

/** XML files by their name; an archive or a picture that lay beside them is left out. */
export const isDossierFile = (file: File): boolean => /\.xml$/i.test(file.name)
