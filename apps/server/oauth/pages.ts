/** The pages of the OAuth server: plain HTML without script, readable without the screens. */
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Sentence } from '#fhir/outcome'
import type { FoundPatient } from './types.ts'

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark]!)

/** @param formsTo origins beside our own that a form may end up at, by redirection */
export const policyOf = (formsTo: readonly string[] = []): string =>
  `default-src 'none'; style-src 'self'; form-action ${["'self'", ...formsTo].join(' ')}; frame-ancestors 'none'; base-uri 'none'`

export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // With no-referrer a browser would send `Origin: null` with our own form.
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
} as const

export const STYLE_PATH = '/oauth/page.css'

export const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;display:grid;min-height:100dvh;place-items:start center}
main{width:min(34rem,100% - 2rem);margin:2rem 0}
h1{font-size:1.4rem;margin:0 0 .25rem}
small,.en{opacity:.75}
fieldset{border:1px solid #8888;border-radius:.5rem;margin:1rem 0;padding:.5rem 1rem}
label{display:block;padding:.35rem 0}
.en{display:block;font-size:.875rem}
legend .en,h1 .en{display:inline;font-weight:400}
label>input:not([type=search])~.en{margin-left:1.6rem}
input[type=search]{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}
button{font:inherit;min-height:2.75rem;padding:0 1.25rem;border-radius:.5rem;border:1px solid #888;cursor:pointer}
button.yes{background:#0b6e4f;border-color:#0b6e4f;color:#fff}
.row{display:flex;gap:.75rem;margin-top:1rem}
[role=alert]{border-left:.25rem solid #c0392b;padding:.25rem .75rem}
`

const page = (title: string, body: string): string => `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${escape(title)} · Lành</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="${STYLE_PATH}"></head>
<body><main>${body}</main></body></html>
`

const both = ({ vi, en }: Sentence): string => `${escape(vi)} <span class="en" lang="en">${escape(en)}</span>`

/** What went wrong, without anything of the request in it but the error's name. */
export const failurePage = (message: Sentence, error: string): string =>
  page('Không mở được ứng dụng', `<h1>${both(message)}</h1><p><small>${escape(error)}</small></p>`)

const CANNOT: Sentence = {
  vi: 'Không mở được ứng dụng. Hãy mở lại từ ứng dụng hoặc báo người quản trị',
  en: 'The app could not be opened. Open it again, or tell the administrator',
}

/** oidc-provider's errors that cannot go back to the app, because it is not known to be one. */
export function errorPage(ctx: KoaContextWithOIDC, error: string): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) ctx.set(name, value)
  ctx.set('content-security-policy', policyOf())
  ctx.body = failurePage(CANNOT, error)
}

export interface Consent {
  readonly uid: string
  /** proof that this form was shown to this person for this request */
  readonly seal: string
  readonly client: string
  /** host the app answers at */
  readonly host: string
  readonly reader: string
  readonly scopes: readonly { readonly scope: string; readonly sentence: Sentence; readonly optional: boolean }[]
  readonly patient: FoundPatient | null
  /** true when a patient has to be chosen here */
  readonly picks: boolean
  readonly found: readonly FoundPatient[] | null
}

/** The page that asks: which app, in whose name, for whom, and what it may do. */
export function consentPage(consent: Consent): string {
  const { client, host, reader, uid } = consent
  return page(
    client,
    `<h1>${escape(client)}</h1>
<p>${both({ vi: `muốn vào bệnh án điện tử với tên ${reader}`, en: `asks to use the record as ${reader}` })}
<small>${escape(host)}</small></p>
${consent.picks ? search(consent) : ''}
<form method="post" action="/oauth/interaction/${escape(uid)}">
<input type="hidden" name="seal" value="${escape(consent.seal)}">
${patientField(consent)}
<fieldset><legend>${both({ vi: 'Ứng dụng được phép', en: 'The app may' })}</legend>
${consent.scopes.map(scopeField).join('\n')}</fieldset>
<div class="row"><button class="yes" name="answer" value="confirm">Cho phép · Allow</button>
<button name="answer" value="abort">Từ chối · Refuse</button></div></form>`,
  )
}

const scopeField = ({ scope, sentence, optional }: Consent['scopes'][number]): string =>
  `<label><input type="checkbox" name="scope" value="${escape(scope)}" checked${optional ? '' : ' disabled'}> ${both(sentence)}</label>`

const search = ({ uid }: Consent): string =>
  `<form method="post" action="/oauth/interaction/${escape(uid)}/patient"><label>${both({ vi: 'Tìm người bệnh', en: 'Find the patient' })}
<input type="search" name="text" required minlength="2" maxlength="100" autocomplete="off"></label>
<button>Tìm · Find</button></form>`

function patientField({ picks, patient, found }: Consent): string {
  if (!picks) return patient ? `<p><strong>${escape(patient.label)}</strong></p>` : ''
  if (found?.length === 0) return `<p role="alert">${both({ vi: 'Không tìm thấy', en: 'Nobody found' })}</p>`
  const choice = ({ reference, label }: FoundPatient) =>
    `<label><input type="radio" name="patient" value="${escape(reference)}" required> ${escape(label)}</label>`
  const legend = both({ vi: 'Người bệnh', en: 'Patient' })
  return found ? `<fieldset><legend>${legend}</legend>${found.map(choice).join('\n')}</fieldset>` : ''
}
