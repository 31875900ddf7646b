import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A pair of RSA keys with its id: what Microsoft signs its tokens with. */
export class Key {
  readonly id: string;
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  constructor(id: string) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.id = id;
    this.#private = privateKey;
    this.#public = publicKey;
  }

  /** As a JWKS document lists it. */
  get jwk(): object {
    return { ...this.#public.export({ format: 'jwk' }), kid: this.id, use: 'sig', endorsements: ['msteams'] };
  }

  /** A signed JSON Web Token. */
  token(claims: object): string {
    const encoded = [{ alg: 'RS256', typ: 'JWT', kid: this.id }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${encoded}.${sign('RSA-SHA256', Buffer.from(encoded), this.#private).toString('base64url')}`;
  }
}
