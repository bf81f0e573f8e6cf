import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { WrongUse } from '../settings.ts'
import { CSV_HEAD, csvLines, type Reported } from './report.ts'

/** A report that grows on the disk while the work goes on. */
export interface ReportFile {
  add(reported: Reported): Promise<void>
  /** It is there under its own name only now. */
  close(): Promise<void>
}

/** @param path '' keeps no report @throws WrongUse where the file cannot be written */
export async function openReport(path: string): Promise<ReportFile> {
  if (path === '') return { add: async () => {}, close: async () => {} }
  const unfinished = `${path}.part`
  const stream = createWriteStream(unfinished)
  try {
    await once(stream, 'open')
  } catch {
    throw new WrongUse(`${path} cannot be written`)
  }
  const write = async (text: string): Promise<void> => {
    if (text !== '' && !stream.write(text)) await once(stream, 'drain')
  }
  await write(CSV_HEAD)
  return {
    add: (reported) => write(csvLines(reported)),
    async close() {
      stream.end()
      await once(stream, 'finish')
      await rename(unfinished, path).catch(async (error: unknown) => {
        await rm(unfinished, { force: true })
        throw error
      })
    },
  }
}
