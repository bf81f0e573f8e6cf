import type { FastifyRequest } from 'fastify'
import type { Author } from '#foundation/record-store'

const authors = new WeakMap<FastifyRequest, Author>()

/** The door says who works at the desk. */
export const rememberAuthor = (request: FastifyRequest, author: Author): void => void authors.set(request, author)

/** In whose name a request of the desk writes. @param fallback where nobody signs in */
export const authorOf = (request: FastifyRequest, fallback: Author): Author => authors.get(request) ?? fallback
