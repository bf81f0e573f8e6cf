/** A core of its own for checking: gets paths, answers what is to be told of each file. */
import { parentPort } from 'node:worker_threads'
import { checkFile } from './check-files.ts'

parentPort?.on('message', (paths: readonly string[]) => parentPort?.postMessage(paths.map(checkFile)))
