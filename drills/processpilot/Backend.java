package processpilot;

import java.io.IOException;
import web.Database;
import web.Service;

/**
 * The API backend, a process of its own.
 *
 * <p>Environment: {@code DATABASE_HOST}, {@code DATABASE_PORT}, {@code DATABASE_DATABASE}, {@code
 * DATABASE_USER}, {@code DATABASE_PASSWORD}, {@code PORT}; optionally {@code BIND_ADDRESS}
 * (127.0.0.1), {@code RELEASE}, its version for people, and {@code KEEP_REQUESTS=true}, with which
 * release 2.5.0 was shipped (see {@link RequestTrail}).
 */
public final class Backend {

  private Backend() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "processpilot",
        (service, environment) -> {
          Database database = service.database(environment.postgres("DATABASE", "processpilot"));
          RequestTrail trail =
              new RequestTrail(environment.optional("KEEP_REQUESTS", "false").equals("true"));
          HealthPage health = new HealthPage(database, environment.optional("RELEASE", "unknown"));
          service.route("/api/health", health);
          service.route("/health/detailed", health);
          service.route("/api/auth/status", new AuthStatusEndpoint(database));
          service.route("/api/processes", new ProcessesEndpoint(database, trail));
        });
  }
}
