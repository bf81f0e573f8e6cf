import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** what is said when there are no rows */
  readonly nothing: string
  readonly head?: readonly string[]
  readonly rows: readonly (readonly ReactNode[])[]
}

/** A titled table on paper. */
export function PrintTable({ title, nothing, head, rows }: Props) {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{nothing}</p>
      ) : (
        <table>
          {head && (
            <thead>
              <tr>
                {head.map((word, at) => (
                  <th key={at} scope="col">
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
