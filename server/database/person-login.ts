import { login } from "#schema/account";

/** A login made of a name, `Zoë O'Neil` gives `zoe.o.neil`, and a number where it is taken. */
export function makeLogin(name: string, isTaken: (login: string) => boolean): string {
  const letters = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "")
    .slice(0, 34);
  const base = login.safeParse(letters).success ? letters : "person";
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? base : `${base}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
