import type { z } from "zod";
import { endpoints } from "#schema/endpoints";
import type { Role } from "#schema/role";

type EndpointName = keyof typeof endpoints;
type Input<Name extends EndpointName> = z.input<(typeof endpoints)[Name]["input"]>;
type Output<Name extends EndpointName> = z.output<(typeof endpoints)[Name]["output"]>;
const outputs: { [Name in EndpointName]: { output: z.ZodType<Output<Name>> } } = endpoints;

export const PASSWORD = "quatre mots sur un établi";

export interface TestAccount {
  name: string;
  login: string;
}

export interface TestTechnician extends TestAccount {
  /** Id of the person. */
  person: string;
}

/** What an operator of a running site does, all of it through the site's own endpoints. Logins are new each time. */
export interface SiteClient {
  addTechnician(name: string): Promise<TestTechnician>;
  addAccount(role: Exclude<Role, "technician">): Promise<TestAccount>;
  /** Lines `login,date,start,end,breaks`. */
  planShifts(...lines: string[]): Promise<void>;
  /** A one-time code for a workstation of that person. */
  createCode(technician: TestTechnician): Promise<string>;
}

/** Makes the first operator of the site at `url` with its one-time token, and acts as that operator from then on. */
export async function enterAsFirstOperator(url: string, token: string): Promise<SiteClient> {
  let cookie = "";
  let made = 0;
  async function call<Name extends EndpointName>(
    name: Name,
    input: Input<Name>,
  ): Promise<Output<Name>> {
    const { method, path } = endpoints[name];
    const response = await fetch(url + path, {
      method,
      // Whoever takes an invitation has a browser of their own: the operator stays signed in.
      headers: {
        ...(name !== "acceptInvitation" && { cookie }),
        "content-type": "application/json",
      },
      ...(method !== "GET" && { body: JSON.stringify(input) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    if (name === "acceptInvitation" && cookie === "")
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    return outputs[name].output.parse(JSON.parse(text));
  }
  const accept = (invitation: string, account: TestAccount) =>
    call("acceptInvitation", { token: invitation, ...account, password: PASSWORD });
  const importAll = async (name: "importPeople" | "importSchedules", csv: string) => {
    const { refused } = await call(name, { csv });
    if (refused.length > 0) throw new Error(refused.map(({ reason }) => reason).join("; "));
  };

  await accept(token, { login: "operator", name: "Olga Operator" });
  return {
    async addTechnician(name) {
      const login = `${name.split(" ")[0]?.toLowerCase()}.${++made}`;
      await importAll("importPeople", `login,name,team\n${login},${name},Support`);
      const { people } = await call("listPeople", {});
      const person = people.find((row) => row.login === login)?.id;
      if (person === undefined) throw new Error(`${login} was not imported`);
      const invited = await call("createInvitation", { role: "technician", person });
      await accept(invited.token, { login, name });
      return { login, name, person };
    },
    async addAccount(role) {
      const account = { login: `${role}.${++made}`, name: `Alex ${role}` };
      const invited = await call("createInvitation", { role });
      await accept(invited.token, account);
      return account;
    },
    planShifts: (...lines) =>
      importAll("importSchedules", ["login,date,start,end,breaks", ...lines].join("\n")),
    createCode: async ({ person }) => (await call("createEnrolment", { person })).code,
  };
}
