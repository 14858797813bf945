package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Downloads the distribution's packages and works with what was unpacked, on a machine whose own
 * PostgreSQL, if it has one, is out of sight.
 */
@EnabledIf("isDebianFamily")
class DebianPackagesIT {
  private static final String SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  @TempDir Path root;

  static boolean isDebianFamily() {
    return new DebianPackages(new SearchPath(SYSTEM_PATH)).available();
  }

  @Test
  void aClusterIsMadeServedQueriedAndDumpedByTheUnpackedPrograms() throws Exception {
    Path cache = root.resolve("cache");
    var search = new PostgresInstallations(pathWithoutPostgres(), List.of(), cache);

    PostgresInstallation postgres = search.locate();

    assertThat(postgres.binDir()).startsWith(cache);
    assertThat(search.locate()).isEqualTo(postgres);
    Path data = root.resolve("data");
    run(
        postgres,
        asServerUser(),
        "initdb",
        "-D",
        data.toString(),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8");
    String port = Integer.toString(freePort());
    Process server = serve(postgres, data, port);
    try {
      String[] address = {"-h", "127.0.0.1", "-p", port, "-U", "postgres"};
      await().atMost(Duration.ofSeconds(30)).until(() -> ready(postgres, address));
      assertThat(psql(postgres, address, "SHOW server_version")).startsWith(postgres.version());
      psql(postgres, address, "CREATE TABLE orders AS SELECT generate_series(1, 42) AS id");
      psql(postgres, address, "CREATE EXTENSION pgcrypto");
      String sum = "SET jit_above_cost = 0; SELECT sum(id) FROM orders";
      assertThat(psql(postgres, address, sum)).endsWith("903\n");
      assertThat(run(postgres, List.of(), "pg_dump", with(address, "postgres")))
          .contains("COPY public.orders (id) FROM stdin;\n1\n2\n");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void packageListsOfItsOwnKnowADefaultPostgres() {
    var machine = new DebianPackages(new SearchPath(SYSTEM_PATH));
    var fresh = machine.withFreshLists(root.resolve("apt"));
    assertThat(fresh.defaultMajor()).isPresent();
    assertThat(root.resolve("apt/lists")).isDirectoryContaining("glob:**_Packages*");
  }

  /** A search path that has nothing but the package tools, which themselves see the whole one. */
  private String pathWithoutPostgres() {
    Path tools = root.resolve("tools");
    SearchPath real = new SearchPath(SYSTEM_PATH);
    for (String tool : List.of("apt-get", "apt-cache", "dpkg")) {
      Path program = real.find(tool).orElseThrow();
      FakePrograms.script(tools, tool, "PATH=" + SYSTEM_PATH + " exec " + program + " \"$@\"");
    }
    return tools.toString();
  }

  /** PostgreSQL's server programs refuse to run as root; the files stay the same user's. */
  private static List<String> asServerUser() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? List.of("unshare", "-U", "--") : List.of();
  }

  private Process serve(PostgresInstallation postgres, Path data, String port) throws IOException {
    List<String> command = new ArrayList<>(asServerUser());
    command.add(postgres.program("postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", port));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("server.log").toFile());
    postgres.applyTo(builder.environment());
    return builder.start();
  }

  private boolean ready(PostgresInstallation postgres, String[] address) {
    return command(postgres, List.of(), "psql", with(address, "-c", "SELECT 1")).run().exitCode()
        == 0;
  }

  private String psql(PostgresInstallation postgres, String[] address, String statement) {
    return run(postgres, List.of(), "psql", with(address, "-qAtc", statement));
  }

  private String run(
      PostgresInstallation postgres, List<String> prefix, String program, String... arguments) {
    return command(postgres, prefix, program, arguments).output();
  }

  private ToolCommand command(
      PostgresInstallation postgres, List<String> prefix, String program, String... arguments) {
    Map<String, String> environment = new HashMap<>(Map.of("PATH", SYSTEM_PATH));
    postgres.applyTo(environment);
    List<String> words = new ArrayList<>(prefix);
    words.add(postgres.program(program).toString());
    words.addAll(List.of(arguments));
    return new ToolCommand(words, environment, root, Duration.ofMinutes(1));
  }

  private static String[] with(String[] address, String... more) {
    List<String> all = new ArrayList<>(List.of(address));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
