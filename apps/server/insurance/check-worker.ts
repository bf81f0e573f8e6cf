/** A core of its own for checking: gets paths, answers what is to be told of each file. */
import { parentPort } from 'node:worker_threads'
import { keepCompiledCode } from '../compile-cache.ts'

keepCompiledCode()
const { checkFile } = await import('./check-files.ts')
parentPort?.on('message', (paths: readonly string[]) => parentPort?.postMessage(paths.map(checkFile)))
