/** DNS rebinding: a hostile page gives its own name the address 127.0.0.1 and reads from us as its own origin. */
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Whether a Host header names this server.
 * @param host absent for clients older than HTTP/1.1, which are no browsers
 * @param base the configured address of the endpoint, whose host is ours too
 */
export function isOurHost(host: string | undefined, base?: string): boolean {
  if (host === undefined) return true
  const name = host.replace(/:\d*$/, '').toLowerCase()
  return LOOPBACK.includes(name) || (base !== undefined && name === new URL(base).hostname)
}
