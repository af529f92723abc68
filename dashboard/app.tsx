import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import type { Role } from "#schema/role";
import { LiveConnection } from "./api/live-connection.tsx";
import { useSession } from "./api/session.ts";
import { Loading } from "./components/loading.tsx";
import { Shell } from "./components/shell.tsx";
import { JoinPage } from "./pages/entry/join-page.tsx";
import { NotFoundPage } from "./pages/entry/not-found-page.tsx";
import { SignInPage } from "./pages/entry/sign-in-page.tsx";
import { entryPages } from "./routes.ts";

const DayPage = lazy(async () => ({
  default: (await import("./pages/technician/day-page.tsx")).DayPage,
}));
const RecordedPage = lazy(async () => ({
  default: (await import("./pages/technician/recorded-page.tsx")).RecordedPage,
}));
const DataPage = lazy(async () => ({
  default: (await import("./pages/technician/data-page.tsx")).DataPage,
}));
const HealthPage = lazy(async () => ({
  default: (await import("./pages/health/health-page.tsx")).HealthPage,
}));
const RepresentativePage = lazy(async () => ({
  default: (await import("./pages/representative/representative-page.tsx")).RepresentativePage,
}));
const EmployerPage = lazy(async () => ({
  default: (await import("./pages/employer/employer-page.tsx")).EmployerPage,
}));
const PeoplePage = lazy(async () => ({
  default: (await import("./pages/operator/people-page.tsx")).PeoplePage,
}));
const ImportPage = lazy(async () => ({
  default: (await import("./pages/operator/import-page.tsx")).ImportPage,
}));
const AccountsPage = lazy(async () => ({
  default: (await import("./pages/operator/accounts-page.tsx")).AccountsPage,
}));
const WorkstationsPage = lazy(async () => ({
  default: (await import("./pages/operator/workstations-page.tsx")).WorkstationsPage,
}));

const pages: readonly { path: string; role: Role; page: ComponentType }[] = [
  { path: "/day/:date?", role: "technician", page: DayPage },
  { path: "/recorded", role: "technician", page: RecordedPage },
  { path: "/data", role: "technician", page: DataPage },
  { path: "/health", role: "health", page: HealthPage },
  { path: "/representative", role: "representative", page: RepresentativePage },
  { path: "/employer", role: "employer", page: EmployerPage },
  { path: "/operator", role: "operator", page: PeoplePage },
  { path: "/operator/import", role: "operator", page: ImportPage },
  { path: "/operator/accounts", role: "operator", page: AccountsPage },
  { path: "/operator/workstations", role: "operator", page: WorkstationsPage },
];

/** Every route of the dashboard. */
export function App() {
  const { account } = useSession();
  const content = (
    <Shell>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={SignInPage} />
          <Route path="/join" component={JoinPage} />
          {pages.map(({ path, role, page: Page }) => (
            <Route key={path} path={path}>
              <ForRole role={role}>
                <Page />
              </ForRole>
            </Route>
          ))}
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </Shell>
  );
  return account?.role === "technician" ? (
    <LiveConnection key={account.id}>{content}</LiveConnection>
  ) : (
    content
  );
}

/** Shows a page to its role; anyone else goes to their own first page, or to sign in. */
function ForRole({ role, children }: { role: Role; children: ReactNode }) {
  const { account, isPending } = useSession();
  if (isPending) return <Loading />;
  if (!account) return <Redirect to="/" replace />;
  if (account.role !== role) return <Redirect to={entryPages[account.role]} replace />;
  return children;
}
