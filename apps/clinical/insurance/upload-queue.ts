import { useSyncExternalStore } from 'react'
import type { ImportRun } from '#apps/server'
import { queryClient, ServerProblem } from '../server/index.ts'
import { askDesk } from './desk-requests.ts'

/** A file that is not at the server yet. */
export interface Upload {
  readonly id: number
  readonly file: File
  /** its dossiers are ours to send */
  readonly isToSend: boolean
  readonly state: 'queued' | 'uploading' | 'failed'
  readonly why: string
}

/** The whole queue: it lives as long as the window, whatever page is open. */
export interface UploadQueue {
  readonly uploads: readonly Upload[]
  /** the server asked to come again later */
  readonly isHeldUp: boolean
}

const AGAIN_MS = 2_000
const TOO_MUCH = 503

let queue: UploadQueue = { uploads: [], isHeldUp: false }
let nextId = 1
let isWorking = false
const listeners = new Set<() => void>()

function set(change: Partial<UploadQueue>): void {
  queue = { ...queue, ...change }
  for (const tell of listeners) tell()
}

const setUpload = (id: number, change: Partial<Upload>): void =>
  set({ uploads: queue.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)) })

const leave = (event: BeforeUnloadEvent): void => event.preventDefault()

/** Puts files into the queue; they travel one after the other. @param isToSend their dossiers are ours to send */
export function upload(files: readonly File[], isToSend: boolean): void {
  const added = files.map((file): Upload => ({ id: nextId++, file, isToSend, state: 'queued', why: '' }))
  set({ uploads: [...queue.uploads, ...added] })
  void work()
}

/** Takes a file out before it has left. */
export const dropUpload = (id: number): void => set({ uploads: queue.uploads.filter((upload) => upload.id !== id) })

/** Everything that has not begun to travel. */
export const dropAllUploads = (): void => set({ uploads: queue.uploads.filter(({ state }) => state === 'uploading') })

export function retryUpload(id: number): void {
  setUpload(id, { state: 'queued', why: '' })
  void work()
}

async function work(): Promise<void> {
  if (isWorking) return
  isWorking = true
  window.addEventListener('beforeunload', leave)
  let next = queue.uploads.find(({ state }) => state === 'queued')
  while (next) {
    await send(next)
    next = queue.uploads.find(({ state }) => state === 'queued')
  }
  window.removeEventListener('beforeunload', leave)
  isWorking = false
}

async function send({ id, file, isToSend }: Upload): Promise<void> {
  setUpload(id, { state: 'uploading' })
  try {
    await askDesk<ImportRun>('imports', {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name),
        'x-to-send': String(isToSend),
      },
      body: file,
    })
    set({ isHeldUp: false, uploads: queue.uploads.filter((upload) => upload.id !== id) })
    void queryClient.invalidateQueries({ queryKey: ['insurance', 'imports'] })
  } catch (error) {
    if (error instanceof ServerProblem && error.status === TOO_MUCH) {
      setUpload(id, { state: 'queued' })
      set({ isHeldUp: true })
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      return
    }
    setUpload(id, { state: 'failed', why: error instanceof ServerProblem ? error.said : '' })
  }
}

export const useUploads = (): UploadQueue =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => queue,
  )
