/** What a module carries as text. */

/** Of the host, whose types a project may not know. */
interface Base64Host {
  readonly atob: (base64: string) => string;
}

export const bytesOfBase64 = (base64: string): Uint8Array =>
  Uint8Array.from((globalThis as unknown as Base64Host).atob(base64), (character) => character.charCodeAt(0));
