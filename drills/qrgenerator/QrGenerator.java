package qrgenerator;

import java.io.IOException;
import web.Database;
import web.Service;

/**
 * The service: an HTTP API over a PostgreSQL database, a process of its own.
 *
 * <p>Environment: {@code DATABASE_HOST}, {@code DATABASE_PORT}, {@code DATABASE_DATABASE}, {@code
 * DATABASE_USER}, {@code DATABASE_PASSWORD}, {@code PORT}, and {@code KEY_PEPPER}, without which no
 * API key is known; optionally {@code BIND_ADDRESS} (127.0.0.1).
 */
public final class QrGenerator {

  private QrGenerator() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "qr-generator",
        (service, environment) -> {
          Database database = service.database(environment.postgres("DATABASE", "qr-generator"));
          KeyGuard guard = new KeyGuard(environment.required("KEY_PEPPER"));
          CodeStore codes = new CodeStore(database, guard);
          service.route("/api/qrcodes", new CodesEndpoint(codes));
          service.health(codes::touch);
        });
  }
}
