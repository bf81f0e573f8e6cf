import { useQuery } from '@tanstack/react-query'
import type { Attachment, Composition, DocumentReference } from '#fhir/r4'
import { readResource, usePages } from '../server/index.ts'

/** A note with sections, or a filed document with attachments. */
export type Paper = Composition | DocumentReference

/** `Composition/x`: papers are of two types, so the type belongs to the key. */
export const paperKey = (paper: Paper): string => `${paper.resourceType}/${paper.id}`

/** Notes and papers as one list, newest first. */
export const useDocuments = (id: string) =>
  usePages<Paper>(`Patient/${id}/$timeline?_count=100&_type=Composition,DocumentReference`)

const PAPER = /^(Composition|DocumentReference)\/[A-Za-z0-9.-]{1,64}$/

/** One paper by its key; from the list when it is there, else from the server (a link that was sent). */
export function usePaper(key: string | undefined, list: readonly Paper[]) {
  const listed = list.find((paper) => paperKey(paper) === key)
  const query = useQuery({
    queryKey: ['paper', key],
    enabled: !listed && key !== undefined && PAPER.test(key),
    queryFn: ({ signal }) => readResource<Paper>(key ?? '', signal),
  })
  return { paper: listed ?? query.data, error: listed ? null : query.error }
}

/** Content of an attachment: inline, or a Binary on our own server. Addresses elsewhere are never fetched. */
export function useAttachment({ data, url, contentType = '' }: Attachment) {
  const local = url && /^(?:.*\/fhir\/R4\/)?(Binary\/[A-Za-z0-9.-]{1,64})$/.exec(url)?.[1]
  const query = useQuery({
    queryKey: ['attachment', local],
    enabled: data === undefined && local !== undefined && local !== '',
    queryFn: async ({ signal }) => {
      const binary = await readResource<{ resourceType: 'Binary'; contentType: string; data?: string }>(
        local ?? '',
        signal,
      )
      return { data: binary.data ?? '', contentType: binary.contentType }
    },
  })
  const content = data === undefined ? query.data : { data, contentType }
  return { content, error: query.error, isPending: query.isLoading }
}
