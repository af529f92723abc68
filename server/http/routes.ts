import { Hono } from "hono";
import { endpoints } from "#schema/endpoints";
import { createCodeLimit, createSignInLimit } from "#server/access/attempts";
import { createPasswords } from "#server/access/password";
import { bindAccounts } from "./accounts.ts";
import { createBind } from "./bind.ts";
import type { HttpContext } from "./context.ts";
import { bindEnrolment } from "./enrolment.ts";
import { answerError } from "./errors.ts";
import { secureAnswers } from "./headers.ts";
import { serveHealth } from "./health.ts";
import { bindInvitation } from "./invitation.ts";
import { bindMe } from "./me.ts";
import { describeApi } from "./openapi.ts";
import { bindPeople } from "./people.ts";
import { bindQueue } from "./queue.ts";
import { logRequests } from "./request-log.ts";
import { bindSession } from "./session.ts";
import { bindSite } from "./site.ts";
import { serveDashboard } from "./static-dashboard.ts";
import { bindWorkstations } from "./workstations.ts";

const API_VERSION = "0.1.0";

/** The HTTP side of the server: every endpoint of the table, its description, health, and the dashboard. */
export function createHttp(context: HttpContext): Hono {
  const app = new Hono();
  const passwords = createPasswords(context.random);
  const codeLimit = createCodeLimit();
  const api = describeApi(endpoints, API_VERSION);

  app.onError(answerError(context));
  app.use(logRequests(context.log), secureAnswers(context.origins));
  serveHealth(app, context.store);
  app.get("/api/openapi.json", (http) => {
    http.header("Cache-Control", "no-cache");
    return http.json(api);
  });

  const bind = createBind(app, context);
  bindSite(bind, context);
  bindSession(bind, context, passwords, createSignInLimit());
  bindInvitation(bind, context, passwords);
  bindMe(bind, context);
  bindPeople(bind, context);
  bindAccounts(bind, context);
  bindEnrolment(bind, context, codeLimit);
  bindWorkstations(bind, context);
  bindQueue(bind, context, codeLimit);

  serveDashboard(app, context.dashboardFolder);
  return app;
}
