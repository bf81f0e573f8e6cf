/**
 * How much one Bundle may be answered with. Twenty thousand addresses of large resources fit into a small request; their
 * answer would not fit into the memory of the server.
 */
import { refusedBy } from './answers.ts'
import type { Answer } from './exchange.ts'
import { lengthOf } from './pieces.ts'

/** Characters of resources in the answer to a batch or transaction. */
export const MOST_ANSWERED = 64 * 1024 * 1024

export interface AnswerBudget {
  /** true as soon as one answer did not fit: what is not read yet is not worth reading */
  isSpent(): boolean
  /** @returns the answer of an entry that reads, or FHIR-HTTP-29 where it does not fit any more */
  ofRead(answer: Answer): Answer
  /** @returns the answer of an entry that wrote; where it does not fit, without the resource */
  ofWrite(answer: Answer): Answer
}

export function answerBudget(most = MOST_ANSWERED): AnswerBudget {
  let left = most
  let spent = false
  const fits = ({ body }: Answer): boolean => {
    const length = body === undefined ? 0 : lengthOf(body)
    if (length > left) spent = true
    else left -= length
    return length === 0 || !spent
  }
  return {
    isSpent: () => spent,
    ofRead: (answer) => (fits(answer) ? answer : tooLarge()),
    ofWrite(answer) {
      if (fits(answer)) return answer
      const { body: _, ...rest } = answer
      return rest
    },
  }
}

/** For an entry whose answer does not fit, or is not looked for because another did not. */
export const tooLarge = (): Answer => refusedBy('FHIR-HTTP-29', `> ${MOST_ANSWERED / 1024 / 1024} MiB`)
