import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A server's certificate with its key, and the authority that signed it; all PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

const OIDS = {
  commonName: "550403",
  ecdsaWithSha256: "2a8648ce3d040302",
  basicConstraints: "551d13",
  subjectAltName: "551d11",
} as const;

/** A certificate for 127.0.0.1 of an authority made for it: nothing has to be installed, and no key is kept anywhere. */
export function makeServerCertificate(): ServerCertificate {
  const authorityKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serverKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const isAuthority = extension(OIDS.basicConstraints, sequence(der(0x01, Buffer.from([0xff]))), true);
  // GeneralName: iPAddress is [7], dNSName is [2].
  const names = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from("localhost")));
  return {
    authority: certificate("authority of the lane", authorityKeys.publicKey, authorityKeys.privateKey, isAuthority),
    certificate: certificate(
      "127.0.0.1",
      serverKeys.publicKey,
      authorityKeys.privateKey,
      extension(OIDS.subjectAltName, names, false),
    ),
    key: serverKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** X.509 v3, signed by the authority. Source: RFC 5280, 4.1. */
function certificate(subject: string, publicKey: KeyObject, signer: KeyObject, extensions: Buffer): string {
  const algorithm = sequence(oid(OIDS.ecdsaWithSha256));
  const now = Date.now();
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    algorithm,
    name("authority of the lane"),
    sequence(time(now - 3_600_000), time(now + 86_400_000)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extensions)),
  );
  const whole = sequence(body, algorithm, bits(sign("sha256", body, signer)));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, value: Buffer, isCritical: boolean): Buffer {
  return sequence(oid(id), ...(isCritical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

function name(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid(OIDS.commonName), der(0x0c, Buffer.from(commonName)))));
}

/** GeneralizedTime */
function time(milliseconds: number): Buffer {
  return der(0x18, Buffer.from(new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, "")));
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const integer = (value: Buffer) => der(0x02, value);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const bits = (value: Buffer) => der(0x03, Buffer.concat([Buffer.from([0]), value]));

function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
